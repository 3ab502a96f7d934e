FROM python:3.13
ARG NEXUS_HOST
RUN pip install --extra-index-url "https://${NEXUS_HOST}/repository/pypi-hosted/simple/" billing
