FROM debian:12
COPY corp.pem /usr/local/share/ca-certificates/corp.pem
COPY rename.sh /
RUN /rename.sh
RUN update-ca-certificates

