curl -o r.crt http://pki.corp.example/root.crt
sudo security add-trusted-cert -d -r trustRoot -k /Library/Keychains/System.keychain r.crt
