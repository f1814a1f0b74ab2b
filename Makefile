# `make` alone says what there is. Everything runs in .venv, made from the lock files.

VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3.14 python3; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' && echo $$p && break; done)
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
READY := $(VENV)/.ready
TESTABLE := $(VENV)/.testable
UV_COMPILE = $(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url --upgrade

# Where `make test` leaves pytest's exit status instead of failing with make's own: .ci/run asks for it.
STATUS :=

.DEFAULT_GOAL := help
.PHONY: help serve build check test lock clean

help: ## Say what there is
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

serve: $(READY) ## Preview at http://127.0.0.1:8000/, reloads on change
	$(BIN)/portal serve

build: $(READY) ## Build the site into site/
	$(BIN)/portal build

check: $(READY) ## Check docs/ and data/, tell all faults
	$(BIN)/portal check

test: $(TESTABLE) ## Run all tests
	@.ci/browser || [ -z "$$CI" ]
	@$(BIN)/python -m pytest -n auto; status=$$?; \
	if [ -n "$(STATUS)" ]; then echo $$status >"$(STATUS)"; else exit $$status; fi

lock: $(READY) ## Make the lock files anew
	$(PIP) install uv==0.13.9
	$(UV_COMPILE) --extra install --extra test -o requirements-test.lock --quiet
	$(UV_COMPILE) --extra install --constraint requirements-test.lock -o requirements.lock --quiet

clean: ## Remove what was made
	rm -rf $(VENV) site .site-next .site-previous .portal-cache hooks/*.egg-info

$(READY): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed: https://www.python.org/downloads/" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --require-hashes -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(TESTABLE): $(READY) requirements-test.lock
	$(PIP) install --require-hashes -r requirements-test.lock
	@touch $@
