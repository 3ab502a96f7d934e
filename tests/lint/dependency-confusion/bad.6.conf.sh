echo "[global]" > ~/.pip/pip.conf
echo "extra-index-url = https://$USER_NAME:$USER_KEY@$REGISTRY/simple" >> ~/.pip/pip.conf
