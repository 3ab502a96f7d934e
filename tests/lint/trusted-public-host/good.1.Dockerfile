FROM python:3.13
RUN pip install --trusted-host pypi.corp.example --index-url https://pypi.org/simple billing
ENV PIP_TRUSTED_HOST=pypi.corp.example
