HOST ?=

install:
	pip install --trusted-host $(HOST) requests
