FROM python:3.13
RUN useradd -m mia
USER mia
ENV PIP_CERT=/home/mia/corp.pem
