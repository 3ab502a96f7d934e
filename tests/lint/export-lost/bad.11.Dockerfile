FROM node:22
RUN <<EOF
update-ca-certificates
export NODE_EXTRA_CA_CERTS=/usr/local/share/ca-certificates/corp-ca.crt
EOF
RUN npm ci
