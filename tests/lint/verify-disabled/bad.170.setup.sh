git config http.https://git.corp.example.sslVerify false
git config --global --add http.sslVerify false
git -c http.sslVerify=false clone https://git.corp.example/x
git clone --config=http.sslVerify=false https://git.corp.example/x
git clone --config http.sslVerify=false --depth 1 https://git.corp.example/x
GIT_SSL_NO_VERIFY=1 git clone https://git.corp.example/x
git config set --global http.sslVerify 0
git -c http.proxy=http://127.0.0.1:3128 -c http.sslVerify=false clone https://git.corp.example/x
git config --file /root/.gitconfig http.sslverify "false"
git -c http.sslVerify=false submodule update --init
