FROM python:2.7-slim
RUN pip install -r requirements.txt
RUN pip install --no-cache-dir \
    -r requirements.txt
ENV A=b \
    PIP_TRUSTED_HOST="mirror.corp.example"
RUN ["pip", "install", "billing"]
