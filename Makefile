# `make` lists the targets. PYTHON=... names the interpreter, ARGS=... is passed on to pytest or uv.
BIN := .venv/bin
TOOLS := chromium curl java node npm php
LIGHTHOUSE := tests/consumers/node_modules/.package-lock.json

.DEFAULT_GOAL := help
.PHONY: help site test qa bench fuzz check style types layers format golden docs picture lock wheel clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' Makefile

site: .venv/.runtime ## build content/ into site/
	@$(BIN)/almanac build
	@echo "Open file://$(CURDIR)/site/index.html"

# Node knows the authorities it was built with; those of the system are for machines behind a proxy with one of its own.
export NODE_EXTRA_CA_CERTS ?= $(wildcard /etc/ssl/certs/ca-certificates.crt)

# Tests build hundreds of sites: what is compiled has to be kept, whatever the one who runs them has set.
unexport PYTHONDONTWRITEBYTECODE

# Everything runs and is shown, also when an early part fails; pytest has the last word.
test: .venv/.dev ## run all checks and all tests
	@status=0; \
	.ci/tools $(TOOLS) || status=$$?; \
	$(MAKE) --no-print-directory --keep-going check || { status=$$?; echo "*** check failed: see above"; }; \
	$(BIN)/python -m pytest --numprocesses auto --maxprocesses 8 --dist loadfile --no-loadscope-reorder --max-worker-restart 2 $(ARGS) || status=$$?; \
	exit $$status

# With ALMANAC_QA publishing is tried for 50 rounds, equal bytes for 20, and strace looks at what a build does.
qa: .venv/.qa $(LIGHTHOUSE) ## run what is large: the programs that read what is exported, many rounds of publishing
	@.ci/tools strace unshare
	ALMANAC_QA=1 $(BIN)/python -m pytest -o timeout=1800 \
		tests/consumers tests/test_targets.py tests/test_publish.py tests/test_reproducible.py $(ARGS)

# What is found is written into fuzz/found; cases that reach new code stay in fuzz/cases for the next time.
fuzz: .venv/.fuzz ## look for inputs that break the readers: RUNS=100000 for each, TARGETS="prose logo"
	@mkdir -p fuzz/found $(TARGETS:%=fuzz/cases/%)
	@for target in $(TARGETS); do \
		echo "$$target"; \
		$(BIN)/python -m tests.fuzz $$target fuzz/cases/$$target -runs=$(RUNS) -artifact_prefix=fuzz/found/ || exit 1; \
	done
RUNS := 100000
TARGETS := archive document escape litellm logo modelsdev modelsdev_json openrouter path prose starmap2025 starmap2026

bench: .venv/.dev ## compare the speed with other generators: ARGS="CATALOG --rounds 5 --large"; minutes
	@! command -v npm >/dev/null || npm ci --prefix benchmarks --ignore-scripts --silent \
		|| echo "*** npm could not install Eleventy, which takes no part"
	$(BIN)/python -m benchmarks $(ARGS)

check: style types layers ## run the checks that take seconds: style, types, layers

style: .venv/.dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: .venv/.dev
	$(BIN)/mypy

layers: .venv/.dev
	$(BIN)/lint-imports --no-logo

format: .venv/.dev ## rewrite the code as the style asks
	$(BIN)/ruff check --fix-only
	$(BIN)/ruff format

golden: .venv/.dev ## rewrite the golden pages from what is built now
	$(BIN)/python -m tests.golden

docs: .venv/.dev ## rewrite the pages of the documentation that say what the code says
	$(BIN)/python -m tests.reference

picture: .venv/.dev ## take the picture in README.md anew
	$(BIN)/python -m tests.picture

# The runtime lock takes its versions from the other one, so the tests test what is installed.
lock: .venv/.dev ## choose the locked versions again: ARGS=--upgrade for newer ones
	$(COMPILE) --group dev --extra serve --output-file requirements/dev.txt pyproject.toml $(ARGS)
	$(COMPILE) --group install --constraint requirements/dev.txt --output-file requirements/runtime.txt pyproject.toml
	$(COMPILE) --group qa --constraint requirements/dev.txt --output-file requirements/qa.txt pyproject.toml
	$(COMPILE) --group fuzz --constraint requirements/dev.txt --output-file requirements/fuzz.txt pyproject.toml
COMPILE := $(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 \
	--custom-compile-command "make lock"

wheel: .venv/.dev ## build the archives into dist/
	$(BIN)/python -m build --no-isolation

clean: ## remove what was built: site, archives, environment, caches
	find site -mindepth 1 ! -path site/.gitignore -delete
	rm -rf .venv dist fuzz tests/node_modules tests/consumers/node_modules
	rm -rf .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find generator tests -name __pycache__ -prune -exec rm -rf {} +

# A stamp is as new as what was installed for it, and holds as long as the environment's Python is there.
GONE := $(shell test -x .venv/bin/python || echo gone)
.PHONY: gone

.venv/.runtime: requirements/runtime.txt pyproject.toml $(GONE)
	@.ci/environment requirements/runtime.txt
	@touch $@

.venv/.dev: requirements/dev.txt .venv/.runtime
	@.ci/environment requirements/dev.txt
	@touch $@

$(LIGHTHOUSE): tests/consumers/package-lock.json
	@.ci/tools chromium node
	npm ci --prefix tests/consumers --ignore-scripts
	@touch $@

.venv/.qa: requirements/qa.txt .venv/.dev
	@.ci/environment requirements/qa.txt
	@touch $@

.venv/.fuzz: requirements/fuzz.txt .venv/.dev
	@.ci/environment requirements/fuzz.txt
	@touch $@
