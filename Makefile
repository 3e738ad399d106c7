# Two commands matter: `make play` and `make test`. Each first makes the virtual environment .venv,
# if there is none, and installs again whatever changed in pyproject.toml or constraints.txt.
# Words for the command go in ARGS: make play ARGS="--lang zh", make test ARGS="-k calendar".

VENV ?= .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check \
	--constraint constraints.txt --editable

# The first Python that is new enough, and not too new.
PYTHON ?= $(shell for name in python3 python3.13 python3.12 python3.11; do \
	$$name -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null \
	&& echo $$name && break; done)

.PHONY: help play test fast check lint types imports messages screenshots validation bench clean
.DELETE_ON_ERROR:
# Bytecode is kept: the processes of the tests, and all that they start, would each translate every source anew.
unexport PYTHONDONTWRITEBYTECODE

help:
	@echo "make play         open the app"
	@echo "make test         run every test"
	@echo "make fast         run the tests that take no seconds"
	@echo "make check        lint, types and import contracts"
	@echo "make messages     compile the Chinese texts after a change"
	@echo "make screenshots  draw the pictures of the docs anew"
	@echo "make validation   measure the population against published facts anew, some minutes"
	@echo "make bench        measure start-up, keys and saving; with ARGS=market the market's speed"
	@echo "make clean        remove .venv and what the tools keep"

play: $(VENV)/installed
	@$(BIN)/whiteslip play $(ARGS)

# Tests of one file stay in one process, for they share what is dear to make; files run in their order, for those
# with few tests are the longest and would be left for the end.
TOGETHER := --numprocesses auto --dist loadfile --no-loadscope-reorder

test: $(VENV)/installed-dev
	$(BIN)/python -m pytest $(TOGETHER) $(ARGS)

fast: $(VENV)/installed-dev
	$(BIN)/python -m pytest $(TOGETHER) -m "not slow" $(ARGS)

check: lint types imports

lint: $(VENV)/installed-dev
	$(BIN)/ruff check --output-format concise .

types: $(VENV)/installed-dev
	$(BIN)/mypy

imports: $(VENV)/installed-dev
	$(BIN)/lint-imports --no-logo

messages: $(VENV)/installed
	$(BIN)/python -m simulator.text

screenshots: $(VENV)/installed-dev
	$(BIN)/python docs/screenshots.py

# The command writes no file over: the new report takes the place of the old one once it is whole.
validation: $(VENV)/installed
	rm -f docs/validation.new
	$(BIN)/whiteslip validate --seeds 10 --report docs/validation.new
	mv docs/validation.new docs/validation.md

bench: $(VENV)/installed-dev
	$(BIN)/python -m benchmarks $(ARGS)

clean:
	rm -rf $(VENV) build dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/installed: $(VENV)/pyvenv.cfg pyproject.toml constraints.txt
	@echo "Installing Whiteslip into $(VENV) ..."
	@$(INSTALL) .
	@touch $@

$(VENV)/installed-dev: $(VENV)/installed
	@echo "Installing what tests and checks need ..."
	@$(INSTALL) ".[dev,parquet,dask,report]"
	@touch $@

$(VENV)/pyvenv.cfg:
	$(if $(PYTHON),,$(error Whiteslip needs Python 3.11, 3.12 or 3.13, and none was found. \
	Install one, or name it: make play PYTHON=/where/it/is/python3))
	@$(PYTHON) -m venv $(VENV)
