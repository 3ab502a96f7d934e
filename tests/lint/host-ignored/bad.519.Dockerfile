FROM python
ENV PIP_TRUSTED_HOST="one.corp.example, two.corp.example"
