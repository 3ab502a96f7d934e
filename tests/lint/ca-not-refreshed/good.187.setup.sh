cp corp.crt /usr/local/share/ca-certificates/corp.crt
./refresh.sh
