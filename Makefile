# Every verb brings what it needs: the first one on a new machine takes a few minutes, the next ones start at once.
.DEFAULT_GOAL := help
.PHONY: help setup run demo test lint types contracts screenshots bench torture lock ready-run ready-dev

PYTHON ?= python3
VENV_PYTHON := .venv/bin/python
ifeq ($(OS),Windows_NT)
VENV_PYTHON := .venv/Scripts/python.exe
endif
# The environment's own Python looks whether it is ready: the system's may be a slow wrapper.
SETUP = p=$(VENV_PYTHON); test -x $$p || p=$(PYTHON); $$p -E -s packaging/setup_environment.py
DEMO := build/demo.albatrack

help:
	@echo "usage: make VERB"
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ready-dev ## set up everything needed to use and test the application
run: ready-run ## open the application; without a display, print the demo study's visit summaries
	@$(VENV_PYTHON) main.py
demo: ready-run ## make the demo study: 63 synthetic patients, in build/
	@mkdir -p $(dir $(DEMO)) && rm -rf $(DEMO)
	@$(VENV_PYTHON) main.py demo $(DEMO)
test: ready-dev ## run all tests; ARGS="-k words" picks some
	@$(VENV_PYTHON) -m pytest -n auto $(ARGS)
lint: ready-dev ## look for faults of style and for what the house rules forbid
	@$(VENV_PYTHON) -m ruff check .
	@$(VENV_PYTHON) -m ruff format --check .
	@$(VENV_PYTHON) packaging/check_sources.py
types: ready-dev ## check the types
	@$(VENV_PYTHON) -m mypy
contracts: ready-dev ## check which part imports which
	@$(dir $(VENV_PYTHON))lint-imports
screenshots: ready-dev ## draw every page and dialog into docs/screenshots/
	@$(VENV_PYTHON) packaging/screenshots.py docs/screenshots
bench: ready-dev ## measure the speed limits and write docs/performance.md
	@$(VENV_PYTHON) -m benchmarks
torture: ready-dev ## try all that must be survived and write docs/reliability.md; N=0.1 for a tenth of the attempts
	@$(VENV_PYTHON) -m tests.torture --scale $(or $(N),1)

ready-run:
	@$(SETUP) run
ready-dev:
	@$(SETUP) dev

# Pins the packages again after a change of a .in file; UPGRADE=--upgrade takes the newest of everything.
lock: ready-dev
	@$(VENV_PYTHON) -m pip install --quiet uv
	@for set in run dev; do $(VENV_PYTHON) -m uv pip compile --quiet --universal --generate-hashes --python-version 3.11 \
	  --no-header --no-annotate --no-emit-index-url $(UPGRADE) packaging/requirements/$$set.in -o packaging/requirements/$$set.txt || exit 1; done
	@$(VENV_PYTHON) packaging/check_sources.py
