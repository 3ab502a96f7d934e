install -m 0644 corp.pem /usr/local/share/ca-certificates/corp.crt
install -m 0644 -o root -g root corp.pem /usr/local/share/ca-certificates/corp.crt
install -Dm644 corp.pem /usr/local/share/ca-certificates/corp.crt
install -d -m 755 /usr/local/share/ca-certificates/corp.d
cp -t /usr/local/share/ca-certificates corp.crt
rsync -a --chmod 644 corp.pem /usr/local/share/ca-certificates/corp.crt
for c in certs/*.pem; do install -m 0644 "$c" "/usr/local/share/ca-certificates/$(basename "$c" .pem).crt"; done
cp -S .bak corp.pem /usr/local/share/ca-certificates/corp.crt
ln -sf /etc/corp.pem /usr/local/share/ca-certificates/corp.crt
update-ca-certificates
