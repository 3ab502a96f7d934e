pip install --trusted-host http://pypi.corp.example/simple x
export PIP_TRUSTED_HOST=${HOSTS:-a.corp.example,b.corp.example}
