echo sudo env GIT_SSL_NO_VERIFY=true git pull
sudo make GIT_SSL_NO_VERIFY=false
ssh -o GIT_SSL_NO_VERIFY=1 h git pull
sudo grep GIT_SSL_NO_VERIFY=1 /etc/environment
docker run alpine grep GIT_SSL_NO_VERIFY=1 /etc/environment
