FROM debian:12
ARG ROOT
RUN curl -fsSLk -o /usr/local/share/ca-certificates/corp.crt "$ROOT/root.pem" && update-ca-certificates
