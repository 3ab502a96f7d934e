cat /etc/pki/ca-trust/source/anchors/*.pem > /etc/pki/ca-trust/source/anchors/all.pem
