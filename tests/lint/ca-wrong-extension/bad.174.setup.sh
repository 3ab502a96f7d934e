cp corp.pem /usr/local/share/ca-certificates/corp.pem
update-ca-certificates
./install-packages.sh
