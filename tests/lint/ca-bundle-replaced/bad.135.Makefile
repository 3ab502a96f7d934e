export PIP_CERT = $(CURDIR)/corp-root.pem
a:
	pip install x
