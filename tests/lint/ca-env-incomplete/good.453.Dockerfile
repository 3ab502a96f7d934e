FROM python:3.13
RUN apt-get update && apt-get install -y --no-install-recommends \
    curl \
    ca-certificates
ENV REQUESTS_CA_BUNDLE=/etc/ssl/certs/ca-certificates.crt
RUN uv sync
