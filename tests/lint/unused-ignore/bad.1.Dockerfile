FROM python:3.13
# certmend: ignore[trusted-host] moves to TLS
RUN pip install billing
