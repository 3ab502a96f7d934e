ca_file=`mktemp curl_ca_XXXXX.pem`
curl -sSf http://mitm.it/cert/pem > "$ca_file"
export CURL_CA_BUNDLE=$ca_file
curl https://x.y/z
