FROM python:3.13
COPY entrypoint.sh /usr/src/app/
COPY corp.crt /usr/local/share/ca-certificates/
RUN chmod +x /usr/src/app/entrypoint.sh
RUN ./another.sh
