# Two commands: `make run` and `make test`. Everything they need, they install; a second run takes seconds.
SHELL := /bin/sh
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
FLASK := $(BIN)/flask --app civic.app
WORKERS ?= 2

.DEFAULT_GOAL := help
.PHONY: help run test check bench install assets browser pango braille translations screenshots lock clean

help:            ## What can be done
	@grep -E '^[a-z]+: .*##|^[a-z]+:  +##' Makefile | sed 's/:.*##/ –/'

run: assets      ## Install, set up and run the site with demo data
	@sh scripts/pango $(BIN)/python >/dev/null || echo "Everything else works without it."
	@sh scripts/braille $(BIN)/python >/dev/null || echo "Braille is offered in English, letter by letter."
	@$(FLASK) civic demo

test: assets browser pango braille check  ## Install and run every test
	@$(BIN)/pytest -n $(WORKERS) --dist loadgroup

check: assets    ## Style, types, arrows between packages, dependencies
	@$(BIN)/ruff check .
	@$(BIN)/ruff format -q --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/deptry civic

bench: assets    ## Measure against the floor; writes benchmarks/latest.md
	@$(BIN)/python -m benchmarks

translations: install  ## Bring every catalogue in step with the source, and say how complete each is
	@$(BIN)/python scripts/translations.py update

screenshots: assets browser  ## Pictures of the main pages in one language, for review: make screenshots LANGUAGE=pl
	@$(BIN)/python scripts/screenshots.py $(or $(LANGUAGE),en)

assets: install
	@$(BIN)/python hatch_build.py
	@$(BIN)/python scripts/translations.py compile

browser: install
	@sh scripts/browser >/dev/null

pango: install
	@sh scripts/pango $(BIN)/python >/dev/null

braille: install
	@sh scripts/braille $(BIN)/python >/dev/null || echo "Tests of contracted Braille compare with nothing here."

install: $(VENV)/.installed

$(VENV)/.installed: requirements.txt pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later is needed and was not found."; exit 1; }
	@if command -v uv >/dev/null 2>&1; then \
	  { test -x $(BIN)/python || uv venv -q --python $(PYTHON) $(VENV); } && \
	  uv pip install -q --python $(BIN)/python --require-hashes -r requirements.txt && \
	  uv pip install -q --python $(BIN)/python --no-deps --no-build-isolation -e . ; \
	else \
	  { test -x $(BIN)/pip || $(PYTHON) -m venv $(VENV) || { echo "Python's venv module is missing (on Debian: apt install python3-venv)."; exit 1; }; } && \
	  $(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements.txt && \
	  $(BIN)/pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e . ; \
	fi
	@touch $@

lock:            ## Renew requirements.txt from pyproject.toml (needs uv)
	@uv pip compile -q pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate -o requirements.txt

clean:           ## Remove what was built; data under instance/ stays
	rm -rf $(VENV) .build civic/static/vendor
