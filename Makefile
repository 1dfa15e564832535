# Every command this project has. Nothing is installed outside .venv, and nothing unhashed is fetched.
#
#   make demo     build the assessment of a county that does not exist, in ./aldermere
#   make serve    open its partnership's rooms in a browser, after `make demo`
#   make test     every test
#   make check    formatting, style, types, and which room imports which (the house rules are among the tests)
#   make bench    side by side with what people use today
#   make docs     the documentation, into ./site
#   make lock     choose versions anew (needs the network; the only command that writes the locks)
#   make clean    forget everything made here

SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-builtin-rules

PY ?=
V := .venv
BIN := $(V)/bin
WORKERS ?= 2
BENCH ?=

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PYTHONUTF8 := 1

.PHONY: help demo serve test check bench docs lock spark clean

help:
	@sed -n 's/^#   //p' Makefile

demo: $(V)/.core $(V)/.assets
	@$(BIN)/headwater demo

serve: $(V)/.core $(V)/.assets
	@$(BIN)/headwater serve --workspace aldermere

# The rooms people sign in to are tested twice: on SQLite with everything else, then on PostgreSQL where there is one. There every page is
# opened again, and only what is about no question to the database is left out.
test: $(V)/.dev $(V)/.assets
	@$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder
	@$(BIN)/python tests/postgresql.py $(BIN)/python -m pytest -n $(WORKERS) -m "not one_database" tests/web

# Each is run whatever became of the others, so that one look tells everything that is wrong.
check: $(V)/.dev
	@wrong=""; \
	look() { printf '\n\033[1m%s\033[0m\n' "$$1"; shift; "$$@" || wrong="$$wrong\n  $$*"; }; \
	look "Style" $(BIN)/ruff check .; \
	look "Formatting" $(BIN)/ruff format --check .; \
	look "Types" $(BIN)/basedpyright --warnings --pythonpath $(BIN)/python; \
	look "Which room imports which" $(BIN)/lint-imports; \
	if [ -n "$$wrong" ]; then printf "\nNot clean:$$wrong\n"; exit 1; fi; \
	printf '\nAll clean.\n'

# BENCH="--scales 1 --rounds 5 --write" says what to measure; BENCH=--help says what can be.
bench: $(V)/.bench
	@$(BIN)/python -m benchmarks --pandas $(V)/peers $(BENCH)

docs: $(V)/.dev
	@$(BIN)/python -m headwater.cli.manual docs/reference
	@$(BIN)/zensical build --clean --strict

spark: $(V)/.spark

lock: $(V)/.build
	@lock() { $(BIN)/uv pip compile --quiet --universal --fork-strategy fewest --python-version 3.11 --generate-hashes \
	  --no-header --no-annotate --no-emit-index-url --no-emit-find-links "$$@"; }; \
	rm -f requirements*.lock; \
	lock --group build -o requirements-build.lock; \
	lock pyproject.toml --constraints requirements-build.lock -o requirements.lock; \
	lock pyproject.toml --group dev --constraints requirements-build.lock --constraints requirements.lock -o requirements-dev.lock; \
	lock --group bench --constraints requirements.lock -o requirements-bench.lock; \
	lock pyproject.toml --extra spark --constraints requirements-build.lock --constraints requirements-dev.lock -o requirements-spark.lock; \
	wc -l requirements*.lock

clean:
	rm -rf $(V) src/headwater/web/static/vendor assets/node_modules
	rm -rf site aldermere build dist .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -not -path './.git/*' -prune -exec rm -rf {} +

# --- the environment -------------------------------------------------------------------------------------------------

# uv reads no pip.conf (a mirror, a council's certificate), so where it cannot reach what it needs pip does the same work
# from the same hashes.
install = $(BIN)/uv pip install --quiet --python $(BIN)/python --system-certs --no-build-isolation --require-hashes -r $(1) 2>$(V)/uv.log \
  || { echo "uv could not; trying pip, which takes about a minute."; \
       $(BIN)/python -m pip install --quiet --use-pep517 --no-build-isolation --require-hashes -r $(1); }

$(V)/.build: requirements-build.lock
	@found=""; \
	for python in $(PY) python3.14 python3.13 python3.12 python3.11 python3 python; do \
	  if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then found=$$python; break; fi; \
	done; \
	if [ -z "$$found" ]; then \
	  echo "Headwater needs Python 3.11 or newer, and none of $(PY) python3.11 … python3 is." >&2; \
	  echo "Install one, or say where it is:  make demo PY=/path/to/python3.11" >&2; exit 1; \
	fi; \
	echo "Making $(V) with $$("$$found" --version)"; \
	rm -rf $(V); "$$found" -m venv $(V) || { \
	  echo "$$found cannot make a virtual environment; on Debian or Ubuntu: apt install python3-venv" >&2; exit 1; }; \
	$(BIN)/python -m pip install --quiet --require-hashes -r $<
	@touch $@

$(V)/.core: $(V)/.build requirements.lock pyproject.toml
	@echo "Installing what requirements.lock names"
	@$(call install,requirements.lock)
	@$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(V)/.dev: $(V)/.core requirements-dev.lock
	@echo "Installing what requirements-dev.lock names"
	@$(call install,requirements-dev.lock)
	@touch $@

# What the pages are dressed with. npm checks every hash in the lock; where there is no npm, or it will not do, one comes as a wheel.
fetch = (cd $(V)/assets && npm ci --loglevel=error)
$(V)/.assets: $(V)/.build requirements-node.lock assets/package.json assets/package-lock.json assets/vendor.py
	@echo "Fetching the Design System and the map that the pages are made with"
	@rm -rf $(V)/assets; mkdir $(V)/assets; cp assets/package.json assets/package-lock.json assets/.npmrc $(V)/assets
	@{ command -v npm >/dev/null && $(fetch) >$(V)/npm.log 2>&1; } || { \
	  echo "No npm here that will do; taking one from requirements-node.lock."; \
	  $(call install,requirements-node.lock); export PATH="$(abspath $(BIN)):$$PATH"; $(fetch); }
	@$(BIN)/python assets/vendor.py $(V)/assets/node_modules
	@touch $@

# In a folder of its own: where pandas can be found DuckDB loads it, and Headwater would be measured with it aboard.
$(V)/.bench: $(V)/.core requirements-bench.lock
	@echo "Installing pandas to measure against"
	@rm -rf $(V)/peers
	@$(BIN)/python -m pip install --quiet --require-hashes --target $(V)/peers -r requirements-bench.lock
	@touch $@

$(V)/.spark: $(V)/.dev requirements-spark.lock
	@echo "Installing Apache Spark (about 480 MB)"
	@$(call install,requirements-spark.lock)
	@touch $@
