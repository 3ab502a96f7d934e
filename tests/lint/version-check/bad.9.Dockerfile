FROM python:3.13 AS a
RUN apt-get update
FROM python:3.13
RUN python -m pip install billing
