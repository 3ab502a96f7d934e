FROM fedora:40
WORKDIR /etc/pki/ca-trust/source/anchors
COPY corp.pem .
FROM fedora:40
COPY <<EOT /etc/pki/ca-trust/source/anchors/corp.pem
-----BEGIN CERTIFICATE-----
EOT
