git config http.https://127.0.0.1.sslVerify false
git config --global http."https://localhost:3000/".sslVerify false
git -c http.sslVerify=false clone https://127.0.0.1:8443/x
git clone -c http.sslVerify=false https://localhost:3000/x.git
git -c http.https://localhost:8443/.sslVerify=false fetch origin
GIT_SSL_NO_VERIFY=1 git clone https://localhost:3000/x
env GIT_SSL_NO_VERIFY=true git clone https://localhost:3000/y
export GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=http.https://localhost:3000/.sslVerify GIT_CONFIG_VALUE_0=false
git log --grep "http.sslVerify=false"
git config --get-regexp 'http.sslVerify=false'
git grep -n 'http.sslVerify=false'
git config --get http.sslVerify false
git config get --default false http.sslVerify
git config --unset http.sslVerify
