${env:GIT_SSL_NO_VERIFY} = 'true'
Invoke-Expression -Command "git -c http.sslVerify=false clone https://x"
& $git -c http.sslVerify=false clone https://x
& $npm config set strict-ssl false
& $curl -k https://bootstrap.pypa.io/get-pip.py -o get-pip.py
