pip install --trusted-host https://$(hostname -d)/simple x
