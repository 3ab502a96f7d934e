FROM python:2.7-slim
RUN pip install --trusted-host pypi.python.org -r requirements.txt
RUN pip install --no-cache-dir \
    --trusted-host pypi.org \
    --trusted-host files.pythonhosted.org \
    -r requirements.txt
ENV PIP_TRUSTED_HOST="pypi.org files.pythonhosted.org"
ENV A=b \
    PIP_TRUSTED_HOST="pypi.org mirror.corp.example"
RUN ["pip", "install", "--trusted-host", "pypi.org", "billing"]
