.DEFAULT_GOAL := help
.PHONY: help setup machine run test check audit advisories bench features texts clean lock
SHELL := /bin/bash
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
TESTS ?= tests
export CHROMIUM ?= chromium

help: ## what can be made
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: .venv/installed ## install everything the product and its tests need

.venv/installed: requirements-dev.lock pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "Install Python 3.11, or say make PYTHON=…"; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

run: setup ## serve the product with a database of its own
	$(BIN)/optin serve

machine: ## a browser and a mail server for the tests, from the system's packages
	@missing=""; command -v "$(CHROMIUM)" >/dev/null || missing="$$missing chromium"; \
	command -v postfix >/dev/null || [ -x /usr/sbin/postfix ] || missing="$$missing postfix"; \
	[ -z "$$missing" ] || { as=""; [ "$$(id -u)" = 0 ] || as="sudo -n"; \
	$$as apt-get update -q && $$as env DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends $$missing; } || \
	{ echo "The tests drive a real browser and a real mail server, and these are missing:$$missing."; \
	echo "Install them (Debian: apt install$$missing), or name another browser: make CHROMIUM=/path/to/chrome …"; exit 1; }

test: setup machine ## every test, and the checks
	@$(MAKE) --no-print-directory check
	$(BIN)/pytest -n 3 --dist loadgroup $(TESTS)

check: setup ## style, types, layers, known mistakes in the code
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tools.scans code lock licences

audit: setup ## known mistakes in the code, secrets, pins below a known repair, licences; needs no network
	$(BIN)/python -m tools.scans

advisories: setup ## what is newly known of the libraries we ship and test with (asks the package index)
	$(BIN)/pip-audit --disable-pip --require-hashes -r requirements-dev.lock

bench: setup ## speed, as ratios to floors measured in the same run
	$(BIN)/python -m tests.bench

features: setup ## the specifications in plain words, run, with a report to read and sign
	$(BIN)/python -m pytest -n 0 -p tests.features.report --report reports/compliance.html tests/features

texts: setup ## bring the catalogues of the pages' words up to date, and list what is not translated
	$(BIN)/python -m tools.texts

lock: ## pin what pyproject.toml asks for, with hashes (needs uv)
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate -q -o requirements.lock
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate -q -o requirements-dev.lock

clean: ## remove what was installed, made and measured, and the data of make run
	rm -rf .venv .optin .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache reports build *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
