#!/bin/sh
cert="private-cert.pem"
openssl s_client -showcerts -connect "$1" </dev/null \
    | sed -ne '/-BEGIN CERTIFICATE-/,/-END CERTIFICATE-/p' > "${cert}"
kubectl -n build create secret generic private-cert --from-file=tls.crt="${cert}"
