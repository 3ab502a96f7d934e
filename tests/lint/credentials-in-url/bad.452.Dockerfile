FROM python:3.12
ARG PIP_EXTRA_INDEX_URL==https://QwErtYuIopAsDfGhJk@pypi.fury.io/shop
RUN pip install stock
