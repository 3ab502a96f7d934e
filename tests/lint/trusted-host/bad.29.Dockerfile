FROM python:3.12-slim
RUN pip install --user --trusted-host pypi.corp.example billing
RUN ["pip", "install", "--user", "--trusted-host", "pypi.corp.example", "billing"]
