pip install x
export PIP_CERT="$PWD/corp-root.pem"
