FROM python:3.13
RUN export PIP_CERT=/etc/ssl/certs/ca-certificates.crt
RUN pip install billing
