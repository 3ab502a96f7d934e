install: export REQUESTS_CA_BUNDLE=certs/corp-ca.pem
install:
	pip install requests
