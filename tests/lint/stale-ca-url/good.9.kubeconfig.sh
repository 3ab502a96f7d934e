wget http://certs.corp.example/certs/admin.pem
export NODE_EXTRA_CA_CERTS=/etc/ssl/certs/corp.pem
kubectl config set-credentials admin --client-certificate admin.pem --embed-certs
