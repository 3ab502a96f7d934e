FROM debian:12
RUN curl -o /usr/local/share/ca-certificates/corp.crt http://pki.corp.example/root.crt && update-ca-certificates
RUN wget --no-check-certificate https://pki.corp.example/root2.crt -O /usr/local/share/ca-certificates/root2.crt \
    && update-ca-certificates
ADD http://pki.corp.example/root3.crt /usr/local/share/ca-certificates/root3.crt
RUN openssl s_client -showcerts -connect pypi.corp.example:443 </dev/null | openssl x509 > /usr/local/share/ca-certificates/p.crt
