FROM python:3.12
COPY corp.crt /usr/local/share/ca-certificates/corp.crt
RUN update-ca-certificates
ENV PIP_CERT=/etc/ssl/certs/ca-certificates.crt
RUN pip install poetry
RUN poetry install
