FROM python:3.13
ENV PIP_DISABLE_PIP_VERSION_CHECK=1
RUN pip \
    install billing
