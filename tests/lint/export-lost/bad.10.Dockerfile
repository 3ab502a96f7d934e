FROM python:3.12
RUN curl -O https://wheels.corp.example/x && export PIP_CERT=/etc/ssl/certs/corp.pem
RUN pip install x
