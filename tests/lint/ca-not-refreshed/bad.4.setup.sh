cd /usr/local/share/ca-certificates
cp /vagrant/corp-ca.crt .
cd /srv/app
cp corp-ca.crt .
