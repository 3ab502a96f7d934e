FROM python:3.12
ARG PIP_EXTRA_INDEX_URL==https://reader@pypi.corp.example/simple
RUN pip install stock
