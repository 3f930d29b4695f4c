# Needs Python 3.11 to 3.13, make and git; everything else is installed into .venv.
.DEFAULT_GOAL := demo
.DELETE_ON_ERROR:
.PHONY: setup demo lint test check golden bench lock clean

VENV := .venv
PYTHON := $(VENV)/bin/python
PIP := $(PYTHON) -m pip --disable-pip-version-check --no-input

IS_SUPPORTED := import sys, ensurepip, venv; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))
FIND_PYTHON = for python in $$PYTHON_FOR_VENV python3.13 python3.12 python3.11 python3 python; do \
	"$$python" -c '$(IS_SUPPORTED)' >/dev/null 2>&1 && { command -v "$$python"; break; }; done

## setup: run-time and development requirements and the package itself, in .venv
setup: $(VENV)/.development

## demo: the graph of the sample corpus, with the run-time requirements only
demo: $(VENV)/.package
	$(VENV)/bin/kg demo

## test: the tests
test: $(VENV)/.development
	$(PYTHON) -m pytest

## lint: style, format and types
lint: $(VENV)/.development
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m mypy

## check: what CI runs: style, format, types, tests
check: lint test

## golden: the golden files written anew; review the diff
golden: $(VENV)/.development
	$(PYTHON) -m pytest --golden

## bench: speed and memory
bench: $(VENV)/.development
	$(PYTHON) -m tests.benchmarks

## lock: the pinned requirements, resolved anew for every platform; needs uv
COMPILE := uv pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest --generate-hashes \
	--no-emit-index-url --no-annotate --no-header
lock:
	@command -v uv >/dev/null || { echo "make lock needs uv: pip install uv" >&2; exit 1; }
	$(COMPILE) $(UPGRADE) pyproject.toml -o requirements.lock
	$(COMPILE) $(UPGRADE) pyproject.toml --group dev -c requirements.lock -o requirements-dev.lock
	$(COMPILE) $(UPGRADE) --group build -c requirements-dev.lock -o requirements-build.lock

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/.created:
	@python=$$($(FIND_PYTHON)); \
	if [ -z "$$python" ]; then \
		echo "make: no Python 3.11, 3.12 or 3.13 with venv found; install one or set PYTHON_FOR_VENV" >&2; exit 1; \
	fi; \
	echo "creating $(VENV) with $$python"; "$$python" -m venv --clear $(VENV)
	@touch $@

$(VENV)/.runtime: requirements.lock $(VENV)/.created
	$(PIP) install --quiet --require-hashes -r requirements.lock
	@touch $@

$(VENV)/.package: pyproject.toml requirements-build.lock $(VENV)/.runtime
	$(PIP) install --quiet --require-hashes -r requirements-build.lock
	$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.development: requirements-dev.lock $(VENV)/.package
	$(PIP) install --quiet --require-hashes -r requirements-dev.lock
	@touch $@
