FROM python:3.11
COPY bundle.crt /usr/local/share/ca-certificates/bundle.crt
ENV REQUESTS_CA_BUNDLE=/usr/local/share/ca-certificates/bundle.crt SSL_CERT_FILE=/usr/local/share/ca-certificates/bundle.crt
CMD ["python","app.py"]
