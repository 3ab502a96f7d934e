define INSTALL
pip install --trusted-host pypi.corp.example x
endef
define FOR =
	pip install --trusted-host pypi.corp.example $(1)
endef
define SCRIPT
pip install --trusted-host pypi.corp.example x
endef
export SCRIPT
install:
	@echo installing; $(INSTALL)
	$(call FOR,x)
	@echo "$$SCRIPT" | sh
