FROM python:3.13 AS a
ENV REQUESTS_CA_BUNDLE=/etc/ssl/certs/ca-certificates.crt PIP_CERT=/certs/ca-bundle.pem
ENV NODE_EXTRA_CA_CERTS=/certs/corp-ca.pem
RUN pip install billing
FROM python:3.13 AS b
ENV PIP_CERT=/certs/corp-ca.pem
RUN pip install --index-url https://pypi.corp.example/simple billing
FROM python:3.13 AS c
RUN cat /etc/ssl/certs/ca-certificates.crt corp.pem > /certs/joined.pem
ENV REQUESTS_CA_BUNDLE=/certs/joined.pem
RUN pip install billing
FROM python:3.13 AS d
ENV REQUESTS_CA_BUNDLE=/etc/ssl/certs
RUN pip install billing
FROM python:3.13 AS e
ENV REQUESTS_CA_BUNDLE=/certs/corp-ca.pem
CMD ["python", "app.py"]
FROM python:3.13 AS f
ENV SSL_CERT_FILE=/certs/corp-ca.pem
RUN pip install billing
