#!/bin/sh
wget http://suma.corp/pub/RHN-ORG-TRUSTED-SSL-CERT -O /etc/pki/trust/anchors/suma.cert
wget http://suma.corp/pub/RHN-ORG-PRIVATE-SSL-KEY -O /usr/share/pki/trust/anchors/suma.pem
update-ca-certificates
