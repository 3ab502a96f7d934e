curl http://pki.corp.example/root.crt > r.crt
conda config --set ssl_verify $PWD/r.crt
npm config set cafile r.crt
