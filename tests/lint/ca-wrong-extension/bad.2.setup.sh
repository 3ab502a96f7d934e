sudo cp corp.pem /usr/local/share/ca-certificates/corp.pem
curl -o /usr/local/share/ca-certificates/root.cer https://pki.corp.example/root.cer
sudo update-ca-certificates
