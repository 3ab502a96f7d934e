FROM python:3.13
RUN pip \
    install billing
