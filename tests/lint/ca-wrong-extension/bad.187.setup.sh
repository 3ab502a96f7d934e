find certs -name '*.pem' -exec cp {} /usr/local/share/ca-certificates/ \;
find certs -name '*.crt' -exec cp {} /usr/local/share/ca-certificates/ \;
update-ca-certificates
