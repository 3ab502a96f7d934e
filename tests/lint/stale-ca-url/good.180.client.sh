curl http://pki.corp.example/client.pem > c.pem
curl --cert c.pem https://x.corp.example
openssl s_client -connect nexus.corp.example:443 </dev/null > out.txt
openssl x509 -in out.txt -out n.pem
openssl x509 -in n.pem -noout -dates
