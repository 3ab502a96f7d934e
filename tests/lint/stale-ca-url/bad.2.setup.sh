curl -k https://pki.corp.example/corp.pem -o /tmp/corp.pem
sudo cp /tmp/corp.pem /usr/local/share/ca-certificates/corp.crt
sudo update-ca-certificates
echo | openssl s_client -connect pypi.corp.example:443 | sed -n '/BEGIN/,/END/p' > server.pem
export REQUESTS_CA_BUNDLE=$PWD/server.pem
