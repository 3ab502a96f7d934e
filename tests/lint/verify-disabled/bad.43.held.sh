GIT=git
INSECURE="GIT_SSL_NO_VERIFY=true git"
$INSECURE clone https://git.corp.example/one.git
cd one
GIT_SSL_NO_VERIFY="1" $GIT submodule update
cd ..
COMMAND="GIT_SSL_NO_VERIFY=true git"
bash -c "$COMMAND clone https://git.corp.example/two.git"
