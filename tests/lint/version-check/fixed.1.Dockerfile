FROM python:3.13 AS a
RUN apt-get update
FROM python:3.13
ENV PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m pip install billing
