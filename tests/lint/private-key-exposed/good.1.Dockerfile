FROM debian:12
COPY corp-ca.crt keyring-ca.crt /usr/local/share/ca-certificates/
