FROM python:3.12
RUN apt-get install -y \
    curl ca-certificates
COPY corp.crt /usr/local/share/ca-certificates/
RUN update-ca-certificates
ENV REQUESTS_CA_BUNDLE=/etc/ssl/certs/ca-certificates.crt
RUN uv sync
