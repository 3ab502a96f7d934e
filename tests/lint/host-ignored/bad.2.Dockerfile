FROM python:3.13
ENV UV_INSECURE_HOST=a.corp.example,b.corp.example
RUN pip install --trusted-host '*.corp.example' billing
