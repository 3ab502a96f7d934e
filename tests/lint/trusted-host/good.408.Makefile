define HELP
pip install --trusted-host pypi.corp.example x
endef
export HELP
define USAGE
pip install --trusted-host pypi.corp.example x
endef
help: ; $(info $(USAGE))
	@echo "$$HELP" >&2
