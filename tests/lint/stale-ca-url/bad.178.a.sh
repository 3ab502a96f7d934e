curl http://pki.corp.example/root.crt > r.crt
pip install --cert r.crt x
