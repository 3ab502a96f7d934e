FROM python:3.13
COPY ca/*.crt /usr/local/share/ca-certificates/
COPY enhance-image.sh /usr/src/app/
RUN if [ -s /usr/src/app/enhance-image.sh ]; then /usr/src/app/enhance-image.sh; fi
