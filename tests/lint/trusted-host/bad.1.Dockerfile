# syntax=docker/dockerfile:1
ARG MIRROR=pypi.corp.example
FROM python:3.13 AS build
ARG PIP_TRUSTED_HOST=nexus.corp.example
ENV PIP_INDEX_URL=https://pypi.corp.example/simple \
    # a comment between joined lines
    PIP_TRUSTED_HOST=pypi.corp.example
RUN pip install \
      --no-cache-dir \
      --trusted-host pypi2.corp.example \
      --trusted-host=pypi3.corp.example:8443 \
      -r requirements.txt
RUN ["python", "-m", "pip", "install", "--trusted-host", "json.corp.example", "billing"]
ONBUILD RUN pip install --trusted-host onbuild.corp.example billing
RUN <<EOT
pip config set global.trusted-host heredoc.corp.example
EOT
COPY <<EOT /etc/pip.conf
[global]
trusted-host = copied.corp.example
EOT
RUN printf '[global]\nindex-url = %s\ntrusted-host = %s\n' https://p.corp.example/simple p.corp.example > /etc/pip.conf
RUN echo "[global]\ntrusted-host = e.corp.example" > /root/.config/pip/pip.conf
