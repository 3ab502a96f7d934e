IDX := https://nexus.a.example/simple
HOST := $(shell echo $(IDX) | cut -d/ -f3)
W := $(word 2,$(subst /, ,$(IDX)))
all:
	pip install --trusted-host $(HOST) x
	pip install --trusted-host $(W) x
	pip install --trusted-host $(word 2,$(subst /, ,$(IDX))) x
