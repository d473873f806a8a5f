# make install | run | test: all that a newcomer needs. Python 3.11 or later and make must be there; nothing else.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv
SYNC = VIRTUAL_ENV=$(CURDIR)/$(VENV) $(UV) sync --frozen --quiet --inexact --active
PORT ?= 8000

.PHONY: install server run test test-postgres lint benchmark long clean

install: $(VENV)/installed

# uv comes from PyPI into the project's own environment and installs exactly what uv.lock names.
$(VENV)/installed: pyproject.toml uv.lock | $(UV)
	$(SYNC)
	touch $@

$(UV):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Easeoff needs Python 3.11 or later. Set PYTHON=/path/to/python3.11."; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check 'uv>=0.6'

# For a server (see deploy/): without the tools for tests, with the driver of PostgreSQL, and compiled, because
# whoever runs the hub there may not write into this folder.
server: $(UV)
	$(SYNC) --no-dev --extra postgres --compile-bytecode
	$(BIN)/python -m compileall -q src

run: install
	$(BIN)/easeoff serve --port $(PORT)

test: install lint
	$(BIN)/pytest -n auto --dist loadfile

# The tests that touch the database, on a throw-away PostgreSQL; the programs of its server must be installed.
# `make test-postgres ON_POSTGRES=tests` runs every test there is.
ON_POSTGRES ?= tests/web tests/cli tests/browser/test_directory_pages.py tests/browser/test_ways_through_the_hub.py \
	tests/browser/test_search_browser_pages.py tests/browser/test_follow_browser_pages.py
test-postgres: install
	$(SYNC) --extra postgres
	tests/with-postgres $(BIN)/pytest -n auto --dist loadfile $(ON_POSTGRES)

lint: install
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/easeoff data check
	$(BIN)/python safety/build_case.py --check
	$(BIN)/python docs/build_formulary_gaps.py --check
	$(BIN)/python docs/build_second_sources.py --check
	$(BIN)/python docs/build_published_schedules.py --check
	$(BIN)/python docs/build_dosage_text.py --check
	$(BIN)/python docs/build_methods.py --check
	$(BIN)/python docs/build_simulation.py --check

benchmark: install
	$(BIN)/python benchmarks/plan.py
	$(BIN)/python benchmarks/promises.py
	$(BIN)/python benchmarks/follow.py
	$(BIN)/python benchmarks/micro.py
	$(BIN)/python benchmarks/simulate.py

# 100,000 random requests against the invariants, once; takes most of an hour on two cores.
long: install
	$(BIN)/python tests/property/run_long.py --count 100000 --workers 2 -o long-report.txt
	$(BIN)/python tests/property/run_long_histories.py --count 100000 --workers 2 -o long-histories.txt

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis var
