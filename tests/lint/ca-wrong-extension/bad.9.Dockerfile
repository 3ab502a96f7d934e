FROM debian:12
COPY corp-ca.pem /usr/local/share/ca-certificates/
COPY other.pem /usr/local/share/ca-certificates/other.pem
ADD third.cer /usr/local/share/ca-certificates
COPY *.pem /usr/local/share/ca-certificates/
RUN update-ca-certificates
