# syntax=docker/dockerfile:1
FROM python:3.13
ARG HOST=pypi.corp.example
RUN --mount=type=secret,id=token \
    pip install --index-url "https://ci:$(cat /run/secrets/token)@pypi.corp.example/simple" billing
RUN --mount=type=secret,id=token,env=TOKEN \
    pip install --index-url "https://ci:${TOKEN}@${HOST}/simple" billing
RUN pip install --index-url https://ci:demo@localhost:8080/simple billing
