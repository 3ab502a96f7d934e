FROM debian:12
RUN curl -o /usr/local/share/ca-certificates/corp.crt https://pki.corp.example/root.crt && update-ca-certificates
ADD https://pki.corp.example/root3.crt /usr/local/share/ca-certificates/root3.crt
RUN curl http://app.corp.example/file.tgz -o /tmp/file.tgz
