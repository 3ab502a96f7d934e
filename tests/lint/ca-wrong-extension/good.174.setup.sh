cp corp.pem /usr/local/share/ca-certificates/corp.pem
./rename.sh
update-ca-certificates
