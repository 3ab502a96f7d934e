FROM python:3.12
ENV CELERY_BROKER_URL="rediss://cache.corp.example.org:6380/0?ssl_cert_reqs=CERT_NONE"
