vagrant ssh web -c 'git config --global http.sslVerify false'
