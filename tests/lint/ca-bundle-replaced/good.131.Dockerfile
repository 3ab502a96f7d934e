FROM python
RUN pip install x
ENV PIP_CERT=/c/corp-root.pem
