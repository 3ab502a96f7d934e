export PIP_CERT = /home/mia/corp.pem
install:
	pip install --cert /home/jonas/corp.pem billing
