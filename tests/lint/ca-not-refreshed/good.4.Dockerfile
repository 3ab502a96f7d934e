FROM alpine:3.20
COPY corp.pem /usr/local/share/ca-certificates/corp.crt
RUN cat /usr/local/share/ca-certificates/corp.crt >> /etc/ssl/certs/ca-certificates.crt
