pytest -k "not slow" https://x
curl -k https://localhost:8443/get-pip.py
curl -k https://app.corp.example/health
curl -o k https://bootstrap.pypa.io/get-pip.py
curl --proxy http://p -sSL https://bootstrap.pypa.io/get-pip.py | python -k
grep -k x pypi.org
wget --no-check-certificate https://apt.corp.example/key.asc
git config --global http.sslVerify true
npm config set strict-ssl true
export NODE_TLS_REJECT_UNAUTHORIZED=1
export CURL_CA_BUNDLE=/etc/ssl/certs/ca-certificates.crt
unset CURL_CA_BUNDLE
echo "git config http.sslVerify false"
# curl -k https://bootstrap.pypa.io/get-pip.py | python
conda config --set ssl_verify /etc/ssl/certs/ca-certificates.crt
tar -xk get-pip.py
