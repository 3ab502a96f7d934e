FROM debian:12
COPY corp-ca.key /usr/local/share/ca-certificates/
COPY corp-ca.crt corp-ca.p12 /etc/pki/ca-trust/source/anchors/
