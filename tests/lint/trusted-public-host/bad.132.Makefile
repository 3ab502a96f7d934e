all:
	@sudo env PIP_TRUSTED_HOST=pypi.org pip install x
