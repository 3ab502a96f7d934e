FROM debian:12 AS one
COPY corp.crt /usr/local/share/ca-certificates/
RUN pip install billing
RUN update-ca-certificates
FROM registry.access.redhat.com/ubi9 AS two
COPY corp.pem /etc/pki/ca-trust/source/anchors/
FROM debian:12
RUN update-ca-certificates
