FROM debian:12
RUN apt-get update && apt-get install -y ca-certificates
COPY corp.crt /usr/local/share/ca-certificates/corp.crt
RUN pip install billing
