pushd /usr/local/share/ca-certificates
run_step curl -s -o corp.crt http://pki.corp.example/corp.crt
popd
wget http://pki.corp.example/git.pem -O /root/git.pem
git config --global http.sslCAInfo /root/git.pem
update-ca-certificates
echo "$(openssl s_client -connect a.corp.example:443)" > /usr/local/share/ca-certificates/a.crt
update-ca-certificates
