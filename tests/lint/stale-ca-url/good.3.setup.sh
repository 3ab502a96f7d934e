cd /usr/local/share/ca-certificates
wget -q https://pki.corp.example/root.crt
curl -kfsS https://status.corp.example/ca-health
cd -
curl -LOk https://files.corp.example/data.tgz
update-ca-certificates
