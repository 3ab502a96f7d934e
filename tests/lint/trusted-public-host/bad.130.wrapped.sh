sudo -H -u app PIP_TRUSTED_HOST=pypi.org pip install x
sudo -E env PIP_TRUSTED_HOST=pypi.org pip install x
