FROM python:3.13
ARG TOKEN
ARG USER_NAME
RUN pip install --index-url https://ci:hunter2@pypi.corp.example/simple billing
RUN pip install --index-url https://ci:${TOKEN}@pypi.corp.example/simple billing
ENV PIP_INDEX_URL=https://${TOKEN}@pypi2.corp.example/simple
RUN pip install --index-url https://glpat-abcdEFGH1234@gitlab.corp.example/simple billing
