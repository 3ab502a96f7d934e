FROM node:20
COPY corp.crt /usr/local/share/ca-certificates/corp.crt
ENV NODE_EXTRA_CA_CERTS=/usr/local/share/ca-certificates/corp.crt
RUN npm ci
