FROM node:22
RUN <<EOF
set -e
export NODE_EXTRA_CA_CERTS=/usr/local/share/ca-certificates/corp-ca.crt

# from the private registry
npm ci
EOF
