# Everything a clean clone needs: `make demo`, `make test`, `make check`.
# Only Python 3.11 or later, make and the package registries are taken for granted.

PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
STAMPS := .stamps
T ?= tests
K ?=
WORKERS ?= auto

.PHONY: help dev lint types imports test check demo clean

help:
	@echo "make demo    the lab's private index, pip failing on it, certmend's diagnosis"
	@echo "make test    set up everything and run the tests (T=path K=pattern)"
	@echo "make check   lint, types, import rules, tests"

$(STAMPS)/venv: pyproject.toml
	@test -n "$(PYTHON)" || { echo "certmend needs Python 3.11 or later"; exit 1; }
	@mkdir -p $(STAMPS)
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --editable . --group dev
	@touch $@

dev: $(STAMPS)/venv

# mitmproxy pins its dependencies closely: it gets an environment of its own.
$(STAMPS)/mitmproxy: $(STAMPS)/venv
	$(PYTHON) -m venv .tools/mitmproxy
	.tools/mitmproxy/bin/python -m pip install --quiet mitmproxy
	@touch $@

lint: dev
	$(BIN)/ruff format --check src tests demo bench
	$(BIN)/ruff check src tests demo bench

types: dev
	$(BIN)/mypy

imports: dev
	$(BIN)/lint-imports

test: dev $(STAMPS)/mitmproxy
	CERTMEND_MITMDUMP=$(CURDIR)/.tools/mitmproxy/bin/mitmdump \
	$(BIN)/python -m pytest $(T) $(if $(K),-k "$(K)") -n $(WORKERS) -q

check: lint types imports test

demo: dev
	@$(BIN)/python demo/demo.py

clean:
	rm -rf $(VENV) $(STAMPS) .tools .pytest_cache .mypy_cache .ruff_cache
