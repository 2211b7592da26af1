# make help lists the targets: those with "##" and a sentence behind their names.
SHELL := /bin/sh
PYTHON ?= python3
BIN := .venv/bin
# Bytecode is written even where the machine forbids it: a start without it takes twice as long.
export PYTHONDONTWRITEBYTECODE :=
.DEFAULT_GOAL := help
.PHONY: help install install-dev find-python run test check wheel browser docs lock vendor coverage bench bench-peers \
  labs labs-changed labs-lock kills screens wheel postgres clean

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install: find-python ## make .venv with what Roadworthy needs to run
	@$(PYTHON) tools/install.py

install-dev: find-python
	@$(PYTHON) tools/install.py --dev

find-python:
	@command -v $(PYTHON) >/dev/null 2>&1 || { echo "Roadworthy needs Python 3.11 or later," \
	  "and there is no $(PYTHON). Mend: install Python, or name one: make PYTHON=/path/to/python3 run" >&2; \
	  exit 2; }

run: install ## install, start, open the browser; ARGS="--port 9000" is handed on
	@$(BIN)/roadworthy serve $(ARGS) || test $$? -eq 130

test: install-dev ## install and run the tests, without the slow ones
	$(BIN)/python -m pytest -q

check: install-dev ## all that must hold before a commit lands, but the tests
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy --strict src
	$(BIN)/lint-imports
	$(BIN)/python tools/docs.py --check
	$(BIN)/roadworthy pack lint
	$(BIN)/python -m pytest -q -n 0 -m slow
	$(BIN)/python tools/check_wheel.py

wheel: install-dev ## build the wheel, install it in an empty environment, lint the pack there
	$(BIN)/python tools/check_wheel.py

browser: install-dev ## the journeys in Debian's Chromium, by keyboard, with axe
	$(BIN)/python -m pytest -q -n 0 -m browser

kills: install-dev ## kill the running program 30 times while items are answered; nothing may be lost
	$(BIN)/python tools/kill_web.py --kills 30

screens: install-dev ## draw every page, light and dark, wide and narrow, into docs/screens
	$(BIN)/python tools/contact_sheet.py

docs: install-dev ## write anew what is generated: blocks in pages, CHANGELOG.md
	$(BIN)/python tools/docs.py

lock: ## resolve pyproject.toml anew into both lock files (needs uv)
	uv pip compile -q --generate-hashes --universal --no-header --python-version 3.11 \
	  pyproject.toml --group build -o requirements.lock
	uv pip compile -q --generate-hashes --universal --no-header --python-version 3.11 \
	  pyproject.toml --group build --group dev -c requirements.lock -o requirements-dev.lock

vendor: ## fetch the files listed in VENDORED.md anew (needs npm and pip)
	$(PYTHON) tools/vendor.py

coverage: install-dev ## run the tests and print which lines they miss
	$(BIN)/coverage run -m pytest -q -n 0
	$(BIN)/coverage report

bench: install-dev ## one benchmark beside its peers; NAME=calibrate, DATA=folder, ARGS="--json"
	@$(BIN)/python -m bench $(NAME) $(if $(DATA),--data "$(DATA)") $(ARGS)

bench-peers: install .venv-bench/stamp .venv-bkt/stamp ## make the peers' environments for the benchmarks

# The stamp comes last: an environment without it was interrupted, and is made afresh.
.venv-bench/stamp: bench/requirements-peers.lock | install
.venv-bkt/stamp: bench/requirements-bkt.lock | install
.venv-bench/stamp .venv-bkt/stamp:
	@echo "Making $(@D) from $<; this takes a minute or two."
	@rm -rf $(@D)
	@$(BIN)/python -m venv --without-pip $(@D)
	@$(@D)/bin/python $(wildcard tools/pip-*.whl)/pip install -qq --disable-pip-version-check --no-input \
	  --no-warn-script-location --require-hashes --only-binary=:all: -r $<
	@touch $@

labs: install-dev ## every starter fails, every solution passes, every shortcut is refused, on real engines
	$(BIN)/roadworthy lab verify
	$(BIN)/roadworthy lab verify --wrong
	$(BIN)/python -m pytest -q -n 0 -m labs

labs-changed: install-dev ## labs that differ from what was proven, within 12 minutes, and their journeys
	$(BIN)/roadworthy lab verify --changed --within 7
	$(BIN)/roadworthy lab verify --changed --wrong --within 5
	$(BIN)/python -m pytest -q -n 0 -m labs

labs-lock: ## resolve the environments of the labs anew (needs uv)
	cd packs/gcp-pmle/labs/environments && for one in *.in; do \
	  uv pip compile -q --generate-hashes --universal --no-header --python-version 3.11 \
	    "$$one" -o "$${one%.in}.lock" || exit 1; done

postgres: install-dev ## the journal's tests on a PostgreSQL server
	@test -f src/roadworthy/journal/postgres.py || { echo "The journal runs on SQLite only; PostgreSQL is not built yet." >&2; exit 2; }
	$(BIN)/python -m pytest -q -m postgres

clean: ## remove .venv and everything else that was generated
	rm -rf .venv build dist htmlcov .coverage .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find src tests tools -name __pycache__ -type d -prune -exec rm -rf {} +
