HOST =
SUDO =

install:
	$(SUDO) pip install $(HOST) --trusted-host pypi.corp.example.com requests
