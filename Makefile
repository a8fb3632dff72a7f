# Every habit of this project behind one door. `make help` lists them.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.ONESHELL:
.SHELLFLAGS := -euo pipefail -c

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv
PYTEST ?= $(BIN)/python -m pytest
WORKERS ?= 2  # processes that share the tests, each with servers of its own; 0 for none but pytest's
export EDIT_FACTORY_HOME ?= $(CURDIR)/.edit-factory

.PHONY: help
help: ## Show what there is
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sort | awk -F ':.*## ' '{printf "  %-12s %s\n", $$1, $$2}'

# --- setting up: nothing but python3 with pip and venv is needed -------------------------------------------------

$(UV): requirements/uv.txt
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed; set PYTHON=python3.12 or so")'
	@echo "Setting up the environment in $(VENV) ..."
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt
	@touch $@

$(VENV)/.run: $(UV) requirements/run.txt pyproject.toml
	@$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements/run.txt
	@$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: $(UV) requirements/dev.txt pyproject.toml
	@$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements/dev.txt
	@$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@ $(VENV)/.run

.PHONY: setup
setup: $(VENV)/.dev ## Make the environment for developing

# --- the web page: built with the system's Node, or where there is none or an old one, with one from a package ----

PAGE := services/gateway/page/index.html
WEB := $(shell find web -name node_modules -prune -o -type f ! -name openapi.json -print)
IN_WEB := cd web && PATH="$(CURDIR)/$(BIN):$$PATH"

$(VENV)/.node: $(UV) requirements/web.txt
	@fits='const [a, b] = process.versions.node.split("."); process.exit(a > 20 || (a == 20 && b >= 19) ? 0 : 1)'
	@node -e "$$fits" 2> /dev/null && npm --version > /dev/null 2>&1 || \
	  $(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements/web.txt
	@touch $@

# Not `npm ci`: it insists on builds for other systems, which not every registry has.
web/node_modules/.installed: web/package-lock.json $(VENV)/.node
	@$(IN_WEB) npm install --no-save --no-progress --loglevel=error
	@touch $(CURDIR)/$@

$(PAGE): $(WEB) web/node_modules/.installed
	@$(IN_WEB) npm run --silent build -- --logLevel=warn

.PHONY: page
page: $(VENV)/.run
	@$(MAKE) --no-print-directory web || echo "The web page could not be built (no Node to be had?); all else works without it."

.PHONY: web
web: $(PAGE) ## Build the web page that the gateway serves

# --- using it ----------------------------------------------------------------------------------------------------

.PHONY: demo
demo: $(VENV)/.run page ## Make the sample video, from nothing to a finished MP4
	@$(BIN)/edit-factory demo --out demo-output

.PHONY: up
up: $(VENV)/.run page ## Start the whole system and keep it running
	@$(BIN)/edit-factory up

# --- checking it -------------------------------------------------------------------------------------------------

.PHONY: test
test: $(VENV)/.dev ## Run the test suite on real servers that it starts itself
	@$(PYTEST) -m "not slow and not browser" -n $(WORKERS) --dist loadfile $(ARGS)

.PHONY: proofs
proofs: $(VENV)/.dev ## Run the longer proofs: every service killed at every crash point, random requests, a wheel in an empty environment
	@$(PYTEST) -m slow --timeout=900 -n $(WORKERS) --dist loadfile $(ARGS)

.PHONY: browser
browser: $(VENV)/.dev page ## The web page in a real browser (an installed Chromium) on a real system; skipped where there is none
	@$(PYTEST) tests/browser -m browser --timeout=400 $(ARGS)

.PHONY: screenshots
screenshots: $(VENV)/.dev $(PAGE) ## Take the pictures of the web page in docs/images anew
	@$(BIN)/python -m tests.browser.screenshots

.PHONY: chaos
chaos: $(VENV)/.dev ## Kill everything, everywhere, by a seed (ARGS="--seed 7"), and look whether anything was lost or doubled
	@$(BIN)/python -m tests.chaos $(ARGS)

.PHONY: chaos-long
chaos-long: $(VENV)/.dev ## Three seeds with 200 more kills each
	@$(BIN)/python -m tests.chaos --seed 1 2 3 --crashes 3 --strikes 200 $(ARGS)

.PHONY: fuzz
fuzz: $(VENV)/.dev ## Requests and files made up at random, for some minutes, against a running system and each parser
	@FUZZ=long $(BIN)/python -m pytest tests/fuzz -p no:randomly $(ARGS)

.PHONY: lint
lint: $(VENV)/.dev ## Style and likely faults
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

.PHONY: types
types: $(VENV)/.dev ## Static types, strict
	@$(BIN)/mypy

.PHONY: imports
imports: $(VENV)/.dev ## Imports only go down
	@$(BIN)/lint-imports

.PHONY: web-check
web-check: web/node_modules/.installed ## The web page's style, types and tests
	@$(IN_WEB) npm run --silent check

.PHONY: contracts
contracts: $(VENV)/.dev ## The committed schemas are those of the models, and old events are still read
	@$(BIN)/python -m pytest -q tests/contracts

.PHONY: check
check: lint types imports contracts web-check test proofs browser chaos ## Everything that must hold before a change lands

.PHONY: bench
bench: $(VENV)/.dev ## Measure: the line's own overhead, the reference job against ffmpeg and MoviePy, what a crowd costs
	@$(BIN)/python -m bench.line
	@$(BIN)/python -m bench.reference $(ARGS)
	@$(BIN)/python -m bench.batch
	@$(BIN)/python -m bench.crowd
	@$(BIN)/python -m bench.analysis
	@$(BIN)/python -m bench.feeds
	@$(BIN)/python -m bench.imports

# --- keeping it --------------------------------------------------------------------------------------------------

.PHONY: schemas
schemas: $(VENV)/.dev ## Write contracts/schemas anew from the models
	@$(BIN)/python -m tests.contracts.write_schemas

.PHONY: api
api: $(VENV)/.dev web/node_modules/.installed ## Write the web page's types anew from the gateway's OpenAPI document
	@$(BIN)/python -m tests.contracts.write_openapi
	@$(IN_WEB) npm run --silent api

.PHONY: lock
lock: $(UV) ## Resolve the dependencies anew into hashed lock files
	@compile="$(UV) pip compile --quiet --universal --generate-hashes --no-emit-index-url --upgrade"
	@$$compile requirements/uv.in -o requirements/uv.txt > /dev/null
	@$$compile requirements/web.in -o requirements/web.txt > /dev/null
	@$$compile pyproject.toml requirements/build.in --extra demo --extra meaning -o requirements/run.txt > /dev/null
	@$$compile pyproject.toml --group dev --extra demo --extra meaning -o requirements/dev.txt > /dev/null

.PHONY: format
format: $(VENV)/.dev ## Format the code
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix --exit-zero --quiet .

.PHONY: clean
clean: ## Remove the environment and all caches (not your videos)
	@rm -rf $(VENV) web/node_modules services/gateway/page .mypy_cache .ruff_cache .pytest_cache build *.egg-info
