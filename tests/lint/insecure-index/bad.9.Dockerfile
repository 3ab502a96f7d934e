FROM python:3.13
ARG SCHEME=http
ARG HOST=pypi.corp.example
RUN pip install --index-url ${SCHEME}://${HOST}/simple/ billing
