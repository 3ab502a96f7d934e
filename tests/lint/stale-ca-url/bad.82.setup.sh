curl -k "https://ca.$DOMAIN:9000/roots.pem" > root_ca.crt
step ca certificate dns.$DOMAIN cert.pem key.pem --ca-url "https://ca.$DOMAIN:9000" --root ./root_ca.crt
