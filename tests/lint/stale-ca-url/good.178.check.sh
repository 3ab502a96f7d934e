curl https://pki.corp.example/root.crt > r.crt
pip install --cert r.crt x
openssl s_client -connect nexus.corp.example:443 </dev/null > out.txt
openssl x509 -in out.txt -noout -enddate
