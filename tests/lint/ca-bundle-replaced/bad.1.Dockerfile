FROM python:3.13 AS a
ENV REQUESTS_CA_BUNDLE=/certs/corp-ca.pem
RUN pip install billing
FROM python:3.13 AS b
ENV PIP_CERT=/usr/local/share/ca-certificates/corp.crt
RUN pip install billing
FROM python:3.13 AS c
RUN pip install --cert /certs/corp-ca.pem billing
FROM python:3.13 AS d
ENV SSL_CERT_FILE=/certs/corp-ca.pem
RUN uv sync
