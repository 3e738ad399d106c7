# Everything goes through .venv, which is made when it is missing or out of date.
PYTHON ?= $(firstword $(foreach name,python3.13 python3.12 python3.11 python3,$(shell command -v $(name) 2>/dev/null)))
VENV := .venv
BIN := $(VENV)/bin

.PHONY: play test fast check messages screenshots bench clean

play: $(VENV)/installed
	@$(BIN)/whiteslip play

test: $(VENV)/developing
	$(BIN)/python -m pytest

fast: $(VENV)/developing
	$(BIN)/python -m pytest -m "not slow"

check: $(VENV)/developing
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

messages: $(VENV)/developing
	$(BIN)/python -m simulator.text

screenshots: $(VENV)/developing
	$(BIN)/python -m docs.screenshots

bench: $(VENV)/developing
	$(BIN)/python -m benchmarks

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit("Whiteslip needs Python 3.11 to 3.13; this is " + sys.version.split()[0] + ".") if not (3, 11) <= sys.version_info[:2] <= (3, 13) else None'
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: $(VENV)/bin/python pyproject.toml constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .
	@touch $@

$(VENV)/developing: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@
