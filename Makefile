# Everything a newcomer needs: `make demo` and `make test` set themselves up.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed-$(shell cksum < requirements.lock | cut -d' ' -f1)

.PHONY: setup demo test check plain types format bench docs lock browser messages

setup: $(STAMP)

$(STAMP): requirements.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@rm -f $(VENV)/.installed-*
	@touch $@

demo: setup
	$(BIN)/hustings demo $(if $(CHECK),--check)

test: setup
	$(BIN)/pytest -n auto -m "not browser" $(TESTS)

browser: setup
	$(BIN)/pytest -n auto --dist worksteal -m browser tests/browser

# What asks for one processor each goes side by side; the tests take all there are.
check: setup
	$(MAKE) --no-print-directory -j2 -Otarget types plain
	$(MAKE) --no-print-directory test

plain: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	HUSTINGS_MODE=test HUSTINGS_HOME=$(VENV)/check HUSTINGS_KEYS=$(VENV)/check.keys $(BIN)/hustings django makemigrations --check --dry-run

types: setup
	$(BIN)/mypy

format: setup
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: setup
	$(BIN)/python -m bench

docs: setup
	$(BIN)/python -c "import os; os.environ |= {'HUSTINGS_MODE': 'test', 'HUSTINGS_HOME': '$(VENV)/check', 'HUSTINGS_KEYS': '$(VENV)/check.keys'}; \
		from pathlib import Path; from hustings.project import cli; app = cli.complete_app(); \
		from hustings.project.manual import write_pages; write_pages(folder=Path('docs'), app=app)"

messages: setup
	$(BIN)/python -c "from hustings.project.catalogue import compile_all; compile_all()"

lock:
	uv pip compile -q --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --python-version 3.11 --universal -o requirements.lock requirements-dev.in
