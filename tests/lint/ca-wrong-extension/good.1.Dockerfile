FROM debian:12 AS a
COPY corp.pem /usr/local/share/ca-certificates/corp.crt
COPY certs/ /usr/local/share/ca-certificates/
COPY renamed.pem /usr/local/share/ca-certificates/
RUN mv /usr/local/share/ca-certificates/renamed.pem /usr/local/share/ca-certificates/renamed.crt
FROM alpine:3.22
COPY corp.pem /usr/local/share/ca-certificates/
FROM debian:12
COPY converted.der /usr/local/share/ca-certificates/
RUN openssl x509 -inform DER -in /usr/local/share/ca-certificates/converted.der -out /usr/local/share/ca-certificates/converted.crt
FROM redhat/ubi9
COPY corp.pem /etc/pki/ca-trust/source/anchors/
