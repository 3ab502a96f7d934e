openssl s_client -connect pypi.corp.example:443 </dev/null | openssl x509 -noout -enddate
curl -k https://app.corp.example/cert-status
