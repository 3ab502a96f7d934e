FROM debian:12 AS base
COPY one.crt two.crt /usr/local/share/ca-certificates/
RUN update-ca-certificates
RUN pip install billing
FROM debian:12 AS installed
COPY corp.crt /usr/local/share/ca-certificates/
RUN apt-get update && apt-get install -y ca-certificates python3
FROM debian:12 AS parent
COPY corp.crt /usr/local/share/ca-certificates/
FROM parent
RUN update-ca-certificates && pip install billing
FROM redhat/ubi9
COPY corp.pem /etc/pki/ca-trust/source/anchors/
RUN update-ca-trust extract
