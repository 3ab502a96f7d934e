install -m 0644 corp.crt /usr/local/share/ca-certificates/corp.pem
install -m 0644 corp.pem /usr/local/share/ca-certificates/
cp -t /usr/local/share/ca-certificates corp.pem
install -Dm644 -t /usr/local/share/ca-certificates a.pem
update-ca-certificates
