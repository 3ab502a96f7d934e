ARG GITEA_TAG=1.17.3
FROM gitea/gitea:${GITEA_TAG}
ARG CERTIFICATE_URL
RUN wget -q -O /usr/local/share/ca-certificates/mysql.crt.pem ${CERTIFICATE_URL} && update-ca-certificates

FROM registry.corp.example/base:4
COPY corp.pem /usr/local/share/ca-certificates/corp.pem
RUN update-ca-certificates
RUN adduser -D -g users builder
