FROM debian:12
COPY corp-ca.pem /usr/local/share/ca-certificates/corp-ca.crt
COPY other.pem /usr/local/share/ca-certificates/other.crt
ADD third.cer /usr/local/share/ca-certificates/third.crt
COPY *.pem /usr/local/share/ca-certificates/
RUN update-ca-certificates
