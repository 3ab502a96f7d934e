FROM python:3.13
ENV SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt
RUN poetry install
