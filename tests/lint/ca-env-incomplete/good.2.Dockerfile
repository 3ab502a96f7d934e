FROM python:3.13 AS d
ENV PIP_CERT=/etc/ssl/certs/ca-certificates.crt
RUN pip install uv && uv sync --native-tls
