curl -fsS https://pki.corp.example/root.crt | sudo tee /usr/local/share/ca-certificates/root.crt >/dev/null
sudo update-ca-certificates --fresh
rm /usr/local/share/ca-certificates/old.crt
