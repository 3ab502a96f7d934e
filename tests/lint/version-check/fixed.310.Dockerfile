ARG PIP_DISABLE_PIP_VERSION_CHECK=1
FROM python:3.13 AS base
ENV PIP_DISABLE_PIP_VERSION_CHECK=1
RUN pip install billing
ENV PIP_DISABLE_PIP_VERSION_CHECK=1
RUN pip install invoices

FROM base AS tests
RUN pip install pytest

FROM python:3.13-slim AS other
ENV PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m pip install ledger

FROM other AS last
RUN pip install taxes
