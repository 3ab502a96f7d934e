FROM python:3.11
ARG TOKEN
RUN pip install --extra-index-url https://gitlab.corp.example/simple mylib
ENV PIP_INDEX_URL=https://nexus.corp.example/simple
RUN pip install b
