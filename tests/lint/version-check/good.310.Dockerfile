ARG PIP_DISABLE_PIP_VERSION_CHECK=1
FROM python:3.13 AS base
ENV PIP_DISABLE_PIP_VERSION_CHECK=1
FROM base AS next
RUN pip install billing

FROM python:3.13
ARG PIP_DISABLE_PIP_VERSION_CHECK
RUN <<EOF
pip install ledger
EOF

FROM python:3.13
CMD ["pip", "install", "taxes"]
ENV PIP_DISABLE_PIP_VERSION_CHECK=1

FROM python:3.13
RUN pip config set global.disable-pip-version-check true
RUN pip install wheel

FROM python:3.13 AS settings
RUN printf '[global]\ndisable-pip-version-check = true\n' > /etc/pip.conf

FROM python:3.13-slim
COPY --from=settings /etc/pip.conf /etc/
RUN pip install billing

FROM python:3.13-slim
COPY --from=settings /etc/pip.conf /etc/pip.conf
RUN pip install ledger
