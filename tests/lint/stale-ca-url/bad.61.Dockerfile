FROM node:22
ADD http://pki.corp.example/root.crt corp.crt
ENV NODE_EXTRA_CA_CERTS=corp.crt
RUN npm install -g yarn
