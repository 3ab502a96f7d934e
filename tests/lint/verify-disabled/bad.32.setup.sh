echo insecure >> ~/.curlrc
sed -i "s/strict-ssl=true/strict-ssl=false/" .npmrc
sed -i "s|verify_ssl = true|verify_ssl = false|" Pipfile
