export GIT_SSL_NO_VERIFY=false
GIT_SSL_NO_VERIFY=0 git clone x
export GIT_SSL_NO_VERIFY=$X
export GIT_SSL_NO_VERIFY=
export GIT_SSL_NO_VERIFY=no
