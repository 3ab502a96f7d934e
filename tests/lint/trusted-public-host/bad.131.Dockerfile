FROM python:3.13
RUN sudo env PIP_TRUSTED_HOST=pypi.org pip install x
CMD ["sudo", "env", "PIP_TRUSTED_HOST=pypi.org", "pip", "install", "x"]
