FROM python:3.13 AS a
ENV REQUESTS_CA_BUNDLE=/etc/ssl/certs/ca-certificates.crt \
    SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt
RUN uv sync && poetry install && pip install billing
FROM python:3.13 AS b
ENV SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt
RUN pip install billing
FROM python:3.13 AS c
ENV NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt
RUN pip install billing && uv sync
