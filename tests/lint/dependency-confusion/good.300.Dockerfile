FROM python:3.12
ARG INDEX
ARG TORCH_INDEX
ENV PIP_CERT=/etc/ssl/certs/ca-certificates.crt
RUN pip install --index-url $INDEX tool
RUN pip install --extra-index-url $INDEX tool
RUN pip install --index-url https://pypi.org/simple --extra-index-url $TORCH_INDEX torch
RUN pip install --index-url ${PYPI_MIRROR} --extra-index-url https://pypi.org/simple tool
