# Everything a clean clone needs: `make demo`, `make test`, `make check`.
# Only Python 3.11 or later, make and the package registries are taken for granted; as root,
# Debian packages that tests use are installed too. What was installed once is not asked for again.

PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
STAMPS := .stamps
T ?= tests
K ?=
WORKERS ?= auto
SOURCES := src tests demo bench conformance fuzz manual onefile

FILE ?=
PLATFORM ?=
SECONDS ?= 60

.PHONY: help dev lint types imports test check clients demo logs bench conformance fuzz image man onefile clean

help:
	@echo "make demo    the lab's private index, pip failing on it, certmend's diagnosis"
	@echo "make test    set up everything and run the tests (T=path K=pattern)"
	@echo "make clients every client, version and setting against the real ones (an hour)"
	@echo "make check   lint, types, import rules, tests"
	@echo "make logs    what real clients print in the lab, for tests/logs"
	@echo "make bench   ratios to peers, measured side by side (M=name)"
	@echo "make conformance FILE=vectors.json    verdicts against those on record"
	@echo "make image   build the image recipe and try it (Debian, as root)"
	@echo "make man     the manual pages, into build/man (a wheel brings them too)"
	@echo "make onefile build/certmend.pyz: runs where pip does not (PLATFORM=\"tags of wheels\")"
	@echo "make fuzz    certificates and PEM made by a fuzzer (SECONDS=60)"

# A Debian Python comes without the parts that make a virtual environment.
$(STAMPS)/python:
	@test -n "$(PYTHON)" || { echo "certmend needs Python 3.11 or later"; exit 1; }
	@mkdir -p $(STAMPS)
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || sh setup/debian.sh \
		"python$$($(PYTHON) -c 'import sys; print("%d.%d" % sys.version_info[:2])')-venv"
	@touch $@

$(STAMPS)/venv: pyproject.toml $(STAMPS)/python
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --editable . --group dev
	@touch $@

dev: $(STAMPS)/venv

# mitmproxy, sslyze and semgrep pin their dependencies closely: each gets an environment of its own.
$(STAMPS)/mitmproxy $(STAMPS)/sslyze $(STAMPS)/semgrep: $(STAMPS)/%: $(STAMPS)/python
	$(PYTHON) -m venv .tools/$*
	.tools/$*/bin/python -m pip install --quiet $*
	@touch $@

# The validator of SARIF, which holds its schema; npm brings it, where there is one.
$(STAMPS)/sarif:
	@sh setup/sarif.sh .tools/sarif
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/debian-tests: setup/debian-tests.txt
	@sh setup/debian.sh $$(sed 's/#.*//' setup/debian-tests.txt)
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/debian-bench: setup/debian-bench.txt
	@sh setup/debian.sh $$(sed 's/#.*//' setup/debian-bench.txt)
	@mkdir -p $(STAMPS) && touch $@

# An image to build on, made once; it says why where it cannot be made.
.tools/images: $(STAMPS)/venv $(STAMPS)/debian-tests
	@sh setup/base-image.sh $(BIN)/python $(CURDIR)/.tools/images

# What certmend in one file brings along, fetched once for each version of what it needs.
$(STAMPS)/onefile: $(STAMPS)/venv
	@rm -rf .tools/onefile .tools/onefile-*
	@$(BIN)/python -m onefile --libraries .tools/onefile
	@touch $@

lint: dev
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/ruff check $(SOURCES)

types: dev
	$(BIN)/mypy

imports: dev
	$(BIN)/lint-imports

test: dev $(STAMPS)/mitmproxy $(STAMPS)/onefile $(STAMPS)/sarif $(STAMPS)/debian-tests .tools/images
	CERTMEND_MITMDUMP=$(CURDIR)/.tools/mitmproxy/bin/mitmdump \
	CERTMEND_SARIF=$(CURDIR)/.tools/sarif/node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool \
	CERTMEND_IMAGES=$(CURDIR)/.tools/images CERTMEND_ONEFILE=$(CURDIR)/.tools/onefile \
	$(BIN)/python -m pytest $(T) $(if $(K),-k "$(K)") -n $(WORKERS) -q

check: lint types imports test

logs: dev $(STAMPS)/mitmproxy
	cd tests && CERTMEND_MITMDUMP=$(CURDIR)/.tools/mitmproxy/bin/mitmdump \
	PYTHONPATH=. ../$(BIN)/python -m logs.make

clients: dev $(STAMPS)/debian-tests
	CERTMEND_CLIENTS=1 $(BIN)/python -m pytest tests/clients -n $(WORKERS) -q
	$(BIN)/python tests/clients/reference.py

conformance: dev
	@$(BIN)/python -m conformance "$(FILE)"

# atheris has wheels for some Pythons and systems only: where there is none, that is said.
fuzz: $(STAMPS)/python
	@mkdir -p .tools
	@test -x .tools/fuzz/bin/python || $(PYTHON) -m venv .tools/fuzz
	@if .tools/fuzz/bin/python -m pip install --quiet --only-binary atheris atheris --editable . \
		>.tools/fuzz.log 2>&1; then .tools/fuzz/bin/python -m fuzz $(SECONDS); \
	else echo "atheris does not install here (.tools/fuzz.log): nothing was fuzzed"; fi

image: dev $(STAMPS)/debian-image
	CERTMEND_IMAGE=1 $(BIN)/python -m pytest tests/places/test_container.py -q

man: dev
	@$(BIN)/python -m manual build/man

# For another system its tags are named, each with a file and libraries of its own.
onefile: $(STAMPS)/onefile
	@$(BIN)/python -m onefile build/certmend$(addprefix -,$(firstword $(PLATFORM))).pyz \
		--libraries .tools/onefile$(addprefix -,$(firstword $(PLATFORM))) $(PLATFORM:%=--platform %)
	@ls -l build/certmend$(addprefix -,$(firstword $(PLATFORM))).pyz

demo: dev
	@$(BIN)/python demo/demo.py

# As installed: with the bytecode that pip makes, which an editable install is without.
bench: dev $(STAMPS)/sslyze $(STAMPS)/semgrep $(STAMPS)/debian-bench
	$(BIN)/python -m compileall -q src bench
	CERTMEND_SSLYZE=$(CURDIR)/.tools/sslyze/bin/sslyze \
	CERTMEND_SEMGREP=$(CURDIR)/.tools/semgrep/bin/semgrep $(BIN)/python -m bench $(M)

clean:
	rm -rf $(VENV) $(STAMPS) .tools .pytest_cache .mypy_cache .ruff_cache
