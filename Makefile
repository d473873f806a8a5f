# make install | run | test: all that a newcomer needs. Python 3.11 or later and make must be there; nothing else.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv
PORT ?= 8000

.PHONY: install run test lint check browser benchmark long clean

install: $(VENV)/installed

# uv comes from PyPI into the project's own environment and installs exactly what uv.lock names.
$(VENV)/installed: pyproject.toml uv.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Easeoff needs Python 3.11 or later. Set PYTHON=/path/to/python3.11."; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check 'uv>=0.6'
	VIRTUAL_ENV=$(CURDIR)/$(VENV) $(UV) sync --frozen --quiet --inexact --active
	touch $@

run: install
	$(BIN)/easeoff serve --port $(PORT)

test: install lint
	$(BIN)/pytest

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

benchmark: install
	$(BIN)/python benchmarks/plan.py

# 100,000 random requests against the invariants, once; takes most of an hour on two cores.
long: install
	$(BIN)/python tests/property/run_long.py --count 100000 --workers 2 -o long-report.txt

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis var
