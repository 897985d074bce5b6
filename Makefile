# What one does with this project. Needs python3 (3.11 or later, with venv and pip) and make; the rest is installed into .venv.
SHELL := /bin/bash
PYTHON ?= python3
PY := .venv/bin/python
PIP := $(PY) -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all:
RUN := .venv/.installed-run
DEV := .venv/.installed-dev
WORKERS ?= 2
TEST := .venv/bin/pytest -n $(WORKERS) --dist worksteal

.PHONY: help setup run test test-fast access check fix bench bench-long lock assets warm browser

help: ## Show these targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 14

setup: $(RUN) assets warm ## Install, build the assets, compile the planner

run: setup ## Serve the demonstration on this machine; Ctrl-C stops it, its data stays in var/
	@$(PY) manage.py demo
	@exec $(PY) manage.py serve

test: $(DEV) assets browser ## Everything on SQLite, in a browser too, then on PostgreSQL with the plays
	$(TEST) --database sqlite
	# The cores know no database: their tests say nothing more on another one.
	$(TEST) --database postgresql -m "not browser or play" --ignore tests/core

test-fast: $(DEV) assets ## What takes less than five minutes, on SQLite
	$(TEST) --database sqlite -m "not slow and not browser"

access: $(DEV) assets browser ## The 25 pages that matter most: keyboard, 320 px, 400 %, spacing, no scripts, no motion
	@$(PY) -m tests.journeys.access

check: $(DEV) ## Form, types, layers, templates, words, migrations
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy escale tests $(if $(wildcard bench/*.py),bench)
	.venv/bin/lint-imports
	.venv/bin/djlint --quiet --lint escale/web/templates
	.venv/bin/djade --check --target-version 5.2 $$(find escale/web/templates -name '*.html')
	.venv/bin/typos
	$(PY) manage.py makemigrations --check --dry-run

fix: $(DEV) ## Mend what can be mended
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .
	.venv/bin/djade --target-version 5.2 $$(find escale/web/templates -name '*.html')

bench: $(DEV) ## The benchmarks, in less than twenty minutes
	$(PY) -m bench

bench-long: $(DEV) ## The benchmarks on every problem and seed
	$(PY) -m bench --long

lock: $(DEV) ## Renew the locks of the dependencies from requirements/*.in
	for list in run dev; do \
	  .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	    requirements/$$list.in --output-file requirements/$$list.txt; \
	done

assets: $(RUN)
	@$(PY) manage.py build_assets

warm: $(RUN)
	@$(PY) -m escale.core.planning.warm

browser: $(DEV)
	@$(PY) -m tests.journeys.chromium

# The virtual environment may have been made by hand; what counts is that the locked versions are in it.
$(RUN): requirements/run.txt
	@test -x $(PY) || $(PYTHON) -m venv .venv
	$(PIP) -r requirements/run.txt
	@touch $@

$(DEV): requirements/dev.txt $(RUN)
	$(PIP) -r requirements/dev.txt
	@touch $@
