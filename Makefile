# Needs Python 3.11 or newer, git and make; everything else is installed into .venv.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

# How the demo runs: DELIVERY=socket|http, DATABASE=<URL>, STREAM=<tickets a minute>, and its ports.
DELIVERY ?= socket
DATABASE ?=
PORT ?= 8700
BOT_PORT ?= 8710
STREAM ?= 0

# What is tested, and by how many processes: make test TESTS=tests/rules WORKERS=0
TESTS ?= tests
WORKERS ?= 2

# Arguments for bench and torture: make torture ARGS="--database sqlite"
ARGS ?=

# What Python compiled once is kept, also where a shell says otherwise: each start is faster by it.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help install demo test evidence lint format bench torture soak mutants lock clean

help: ## List these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install: $(STAMP) ## Make .venv with the pinned dependencies

demo: $(STAMP) ## Bot, stand-in world and a sample company; prints one URL
	@$(BIN)/python -m sandbox demo --port $(PORT) --bot-port $(BOT_PORT) --stream $(STREAM) \
		--delivery $(DELIVERY) $(if $(DATABASE),--database "$(DATABASE)")

test: $(STAMP) ## All tests, on SQLite and on PostgreSQL
	@$(BIN)/python -m pytest -n $(WORKERS) $(TESTS)

evidence: $(STAMP) ## Every hostile ticket, and 2,000 personal data items, through the front door
	@BACKSTOP_EVERY_ATTACK=yes BACKSTOP_PERSONAL_ITEMS=2000 $(BIN)/python -m pytest -n $(WORKERS) \
		tests/flows/hostile tests/flows/test_personal_data.py

lint: $(STAMP) ## Format, style, import contracts, types; changes nothing
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/mypy

format: $(STAMP) ## Put the code into the one format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(STAMP) ## Measure speed; writes benchmarks/latest.json
	@$(BIN)/python -m benchmarks $(ARGS)

torture: $(STAMP) ## Kill, repeat, reorder, drop; writes benchmarks/torture.json
	@$(BIN)/python -m benchmarks.torture $(ARGS)

soak: $(STAMP) ## The longest crash: 10,000 approvals, 100 kills; writes benchmarks/soak.json
	@$(BIN)/python -m benchmarks.torture --soak $(ARGS)

mutants: $(STAMP) ## Break the rules one at a time, count who notices; benchmarks/mutants.json
	@$(BIN)/python -m benchmarks.mutants $(ARGS)

# Needs uv (any recent one). The lock names versions and hashes, and no host.
lock: ## Refresh requirements.lock from pyproject.toml
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --extra dev \
		--quiet --output-file requirements.lock pyproject.toml

clean: ## Remove .venv, caches and what the demo left behind
	rm -rf "$(VENV)" var build *.egg-info .mypy_cache .ruff_cache .pytest_cache \
		.import_linter_cache .hypothesis
	find bot storage sandbox tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "Backstop needs Python 3.11 or newer, and $(PYTHON) is not. Install one and say" \
			"which: make $(firstword $(MAKECMDGOALS)) PYTHON=python3.12"; exit 1; }
	@echo "Making $(VENV); this takes a minute, once."
	@$(PYTHON) -m venv "$(VENV)"
	@$(BIN)/python -m pip --disable-pip-version-check install -qq --require-hashes -r requirements.lock
	@$(BIN)/python -m pip --disable-pip-version-check install -qq --no-deps -e .
	@touch $@
