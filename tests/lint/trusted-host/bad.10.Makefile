PIP_ARGS ?= --trusted-host args.corp.example
export PIP_TRUSTED_HOST = exported.corp.example
install:
	@pip install $(PIP_ARGS) billing
	pip install \
	  --trusted-host recipe.corp.example billing
