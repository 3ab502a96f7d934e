FROM debian:12
RUN --mount=type=bind,source=corp.crt,target=/usr/local/share/ca-certificates/corp.crt \
    update-ca-certificates
RUN --mount=type=bind,source=corp.crt,target=/usr/local/share/ca-certificates/corp.crt \
    cat /usr/local/share/ca-certificates/corp.crt
FROM fedora:40
WORKDIR /etc/pki/ca-trust/source/anchors
COPY corp.pem .
RUN update-ca-trust
