HOST := $(shell echo $(IDX) | sed 's|https://||')
all:
	pip install --trusted-host $(HOST) x
	pip install --trusted-host $(subst https://,,$(IDX)) x
