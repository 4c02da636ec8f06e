# Everything starts here: `make demo` and `make test` work on a machine with Python 3.11 or 3.12 and make, nothing else.
# The first target that needs the environment creates it in .venv (about 1.2 GB with the tools for tests, once); after that no network is used.

VENV  := .venv
BIN   := $(VENV)/bin
STAMP := $(VENV)/.installed
SHARED ?= ../shared

# The first of these that is Python 3.11 or 3.12. Choose your own with `make demo PYTHON=/path/to/python3.12`.
PYTHON ?= $(shell for p in python3.12 python3.11 python3 python; do \
	if "$$p" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 13))' >/dev/null 2>&1; \
	then echo "$$p"; break; fi; done)

.PHONY: help setup demo test slow lint types format docs docs-check bench bench-lists bench-linking eval eval-gate calibrate clean distclean
.DEFAULT_GOAL := help

help:            ## this list
	@grep -hE '^[a-z-]+: .*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

setup: $(STAMP)  ## create .venv and install into it

$(STAMP): pyproject.toml
	@if [ -z "$(PYTHON)" ] || ! "$(PYTHON)" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 13))'; then \
		echo "reportedly needs Python 3.11 or 3.12 (the pinned parser has no wheels for others) and found none." >&2; \
		echo "Install one of them, or name it: make demo PYTHON=/path/to/python3.12" >&2; exit 1; fi
	@if [ -x $(BIN)/python ] && ! $(BIN)/python -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 13))'; then \
		echo "$(VENV) belongs to another Python: remove it with 'make distclean' and try again." >&2; exit 1; fi
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || [ -x $(BIN)/pip ] || { \
		echo "$(PYTHON) has no venv module. On Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	@[ -x $(BIN)/pip ] || "$(PYTHON)" -m venv $(VENV)
	@echo "Installing into $(VENV) (once, a minute or two) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

demo: $(STAMP)   ## read the shipped sample: claims, incidents, a table and an HTML report
	@$(BIN)/reportedly demo

test: lint types ## lint, types and the tests (docs and generated files too); the slow ones: make slow
	@$(BIN)/python -m pytest -n 2 --dist loadfile -m "not slow"

slow: $(STAMP)   ## the tests in a browser, of the API, with killed processes and large inputs
	@$(BIN)/python -m pytest -n 2 --dist loadfile -m slow

lint: $(STAMP)   ## style and common mistakes
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet . || { echo "Some files are not formatted: run 'make format'." >&2; exit 1; }

types: $(STAMP)  ## strict types
	@$(BIN)/mypy

format: $(STAMP) ## format the code
	@$(BIN)/ruff check --fix --quiet .
	@$(BIN)/ruff format --quiet .

docs: $(STAMP)   ## write the generated pages: command line, schema, event types
	@$(BIN)/python tools/gen_docs.py

docs-check: $(STAMP) ## tell whether the generated pages are fresh
	@$(BIN)/python tools/gen_docs.py --check

bench: $(STAMP)  ## speed beside plain parsing, written to docs/benchmarks.md
	@$(BIN)/python bench/speed.py

bench-lists: $(STAMP) ## how fast lists of 100,000 claims are, written to docs/benchmarks.md
	@$(BIN)/python bench/lists.py --write

bench-linking: $(STAMP) ## speed and memory of grouping a case, written to docs/benchmarks.md
	@$(BIN)/python bench/linking.py

eval: $(STAMP)   ## accuracy on the development sets and case tables, written to docs/quality.md
	@$(BIN)/python bench/eval.py --shared $(SHARED)

eval-gate: $(STAMP) ## the same, and fail when a figure is below its floor
	@$(BIN)/python bench/eval.py --shared $(SHARED) --gate --no-write

calibrate: $(STAMP) ## what the signs of a sound reading weigh: fit on the development sets, written to docs/quality.md
	@$(BIN)/python bench/calibrate.py --shared $(SHARED)

clean:           ## remove caches and build products
	@rm -rf build dist demo reportedly-demo .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -not -path './$(VENV)/*' -prune -exec rm -rf {} +

distclean: clean ## also remove the environment
	@rm -rf $(VENV)
