FROM debian:12
WORKDIR /usr/local/share
COPY corp.pem ca-certificates/corp.pem
RUN update-ca-certificates
