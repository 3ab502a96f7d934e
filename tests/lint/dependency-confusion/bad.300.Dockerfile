FROM python:3.12
ARG INDEX
ENV PIP_CERT=/etc/ssl/certs/ca-certificates.crt
RUN pip install --index-url https://pypi.org/simple --extra-index-url $INDEX tool
RUN pip install --index-url ${INDEX} --extra-index-url https://pypi.org/simple tool
