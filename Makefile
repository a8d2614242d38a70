# The front door: `make help` lists what can be made.
# A folder .venv holds everything; a stamp in it, named after pyproject.toml's checksum, spares pip when nothing changed.

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
PLACE := $(shell printf '%s' '$(CURDIR)' | cksum | tr ' ' '-')
PINS := $(shell cksum < pyproject.toml | tr ' ' '-')

BIN := .venv/bin
VENV := .venv/made-$(PLACE)
PRODUCT := .venv/product-$(PINS)
TOOLS := .venv/tools-$(PINS)
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

JOBS ?= 2
DRAWING := ../shared/tools/drawing.py
MAPS := $(wildcard processes/*/*.bpmn)

.DEFAULT_GOAL := help
.PHONY: help run test check faults walks fuzz clean chromium

help: ## List what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-7s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

run: $(PRODUCT) ## Set up and start Alur with the demonstration office at http://127.0.0.1:8000
	@ALUR_DEMONSTRATION=1 exec $(BIN)/alur run

test: $(TOOLS) chromium ## Set up and run all tests (skips, by name, what this machine can't run; CI fails instead)
	$(BIN)/pytest -n $(JOBS) --dist loadfile --no-loadscope-reorder -m 'not faults and not walks'

check: $(TOOLS) ## Look at the code, the types, the layers, the documents and the drawings
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest --quiet tests/test_docs.py tests/test_layout.py tests/storage/test_migrations.py
	@if [ ! -f $(DRAWING) ]; then echo 'skipped: the look at the drawings ($(DRAWING) is not here)'; \
	elif [ -n '$(MAPS)' ]; then $(BIN)/python $(DRAWING) $(MAPS); fi

faults: $(TOOLS) ## Kill, cut and fill up: the long tests of what goes wrong
	$(BIN)/pytest -m faults -o faulthandler_timeout=0

walks: $(TOOLS) chromium ## Walk the maps on their longer ways in a browser, with the clock moved
	$(BIN)/pytest -m walks

fuzz: $(TOOLS) ## Compare many more random processes with the token game, in memory, at rest and replayed; change the shipped maps
	ALUR_FUZZ_EXAMPLES=5000 ALUR_FUZZ_MUTATIONS=20000 $(BIN)/pytest -n $(JOBS) -o faulthandler_timeout=0 tests/properties tests/engine/expression/test_only_our_errors.py

clean: ## Remove .venv and the tools' caches (never var/, where the data is)
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

chromium:
	@if ! command -v chromium >/dev/null && [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo 'Installing chromium for the browser tests'; \
		apt-get update -qq && apt-get install -qq -y --no-install-recommends chromium fonts-liberation >/dev/null; fi

$(VENV):
	@test -n '$(PYTHON)' || { echo 'Expected Python 3.11 or newer, but found none; install it and try again'; exit 1; }
	@echo 'Setting up .venv (once; takes a minute or two)'
	@$(PYTHON) -m venv --clear .venv
	@touch $@

$(PRODUCT): | $(VENV)
	@echo 'Installing Alur and what it needs'
	@$(PIP) --editable .
	@touch $@

$(TOOLS): | $(VENV)
	@echo 'Installing Alur, what it needs and the tools to test it'
	@$(PIP) --editable '.[dev]'
	@touch $@ $(PRODUCT)
