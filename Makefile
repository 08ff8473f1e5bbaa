# Quietline: what can be made here. `make` alone lists it.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
TESTS ?= tests
export PYTHONDONTWRITEBYTECODE =

.PHONY: help setup demo test test-slow fuzz lint bench fmt lock clean

help:  ## list what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup:  ## make .venv with everything Quietline needs to run (locked versions, checked by hash)
	@packaging/prepare.sh run "$(PYTHON)"

demo: setup  ## run Quietline on a simulated telephone line, page on http://127.0.0.1:8080
	@exec $(BIN)/quietline --data .demo demo --bind 127.0.0.1:8080

test:  ## the whole gate: format, lint, types, import contracts, tests (installs what they need)
	@packaging/prepare.sh test "$(PYTHON)"
	@# Meanwhile the tests are read once: else each worker would prepare all of them for itself. What fails is told below.
	@$(BIN)/python -m pytest --collect-only -qq $(TESTS) >/dev/null 2>&1 & $(MAKE) --no-print-directory lint && { wait $$! || true; }
	@echo "== tests"
	@$(BIN)/python -m pytest -n 8 --maxschedchunk 1 $(TESTS) --durations=10
	@echo "== all green: format, lint, types, import contracts and tests"

lint:  # format, lint, types and import contracts, on a prepared .venv
	@echo "== format and lint"
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@echo "== types"
	@$(BIN)/mypy
	@echo "== import contracts"
	@$(BIN)/lint-imports

test-slow:  ## the tests that take longer than the gate allows
	@packaging/prepare.sh test "$(PYTHON)"
	@$(BIN)/python -m pytest -m slow --override-ini addopts="-ra --strict-markers --strict-config" $(TESTS)

fuzz:  ## ten minutes of coverage-guided fuzzing of everything that reads bytes from a modem
	@packaging/prepare.sh test "$(PYTHON)"
	@$(BIN)/python -m tests.fuzz.run --seconds 600 --keep

bench:  ## measure the budgets: latency, memory, pages, deciding, what the presets stop ... (a quarter of an hour)
	@packaging/prepare.sh test "$(PYTHON)"
	@$(BIN)/python -m bench

fmt:  ## format the code and mend what the linter can mend
	@packaging/prepare.sh test "$(PYTHON)"
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

lock:  ## write the lock files anew from pyproject.toml (needs the package index)
	@packaging/prepare.sh test "$(PYTHON)"
	@packaging/lock.sh

clean:  ## remove what was made here (.venv, .demo, caches)
	@rm -rf $(VENV) .demo build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
