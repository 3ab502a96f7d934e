FROM python:3.9
ENV SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt
RUN pip install billing
