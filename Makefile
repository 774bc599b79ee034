# 志汇 Zhihui. `make demo` shows the library, `make test` checks it; `make help` lists the rest.

HOST ?= 127.0.0.1
PORT ?= 8000
VAR_DIR ?= var
TESTS ?= tests
ALLOWED_HOSTS ?= localhost,127.0.0.1,[::1],$(HOST),$(shell hostname 2>/dev/null)

VENV := .venv
BIN := $(VENV)/bin
RUNTIME := $(VENV)/.runtime
DEVELOPMENT := $(VENV)/.development
DEMO := $(VAR_DIR)/.demo
# What the demo is made from: when any of it changes, the next `make demo` brings it up to date.
SOURCES := $(shell find cms search media collections -name '*.csv' -path '*/demo/*' \
	-o -path '*/migrations/*.py' -o -path '*/static/*' -type f)

AT_DEMO = VAR_DIR=$(VAR_DIR) DJANGO_SETTINGS_MODULE=cms.settings.demo ALLOWED_HOSTS=$(ALLOWED_HOSTS) \
	BASE_URL=http://$(HOST):$(PORT)
AT_DEV = VAR_DIR=$(VAR_DIR) DJANGO_SETTINGS_MODULE=cms.settings.dev

export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help demo dev test lint pins clean

help:
	@echo 'make demo   install, load the demo library and serve it (HOST=$(HOST) PORT=$(PORT))'
	@echo 'make dev    the same data with a server that reloads and shows errors'
	@echo 'make test   install and run every test (TESTS=tests/search for a part)'
	@echo 'make lint   ruff, mypy, missing migrations'
	@echo 'make pins   resolve requirements*.in anew (UPGRADE=--upgrade raises what may be raised)'
	@echo 'make clean  remove what was installed and generated; data in $(VAR_DIR) stays'

demo: $(DEMO)
	@echo
	@echo '  志汇 Zhihui: http://$(HOST):$(PORT)/   English: http://$(HOST):$(PORT)/en/'
	@echo '  编修室 Admin: http://$(HOST):$(PORT)/admin/   (its password was printed once, on the first start)'
	@echo '  Ctrl+C stops it.'
	@echo
	@$(AT_DEMO) exec $(BIN)/gunicorn cms.wsgi --bind $(HOST):$(PORT) \
		--preload --workers 2 --threads 4 --timeout 60 --log-level warning

dev: $(DEVELOPMENT)
	@mkdir -p $(VAR_DIR)
	$(AT_DEV) $(BIN)/python manage.py migrate --verbosity 0
	$(AT_DEV) $(BIN)/python manage.py runserver $(HOST):$(PORT)

# On both databases, with one Elasticsearch where there is one; without, the tests that wait for it are named at the end.
test: $(DEVELOPMENT)
	@.ci/elasticsearch .ci/suite $(TESTS)

lint: $(DEVELOPMENT)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	@mkdir -p $(VAR_DIR)
	$(AT_DEV) $(BIN)/python manage.py makemigrations --check --dry-run

# What is pinned stays as it is, unless told to rise. For every platform that the packages have files for.
pins: | $(BIN)/python
	@$(BIN)/python -m pip install --quiet uv
	@for name in requirements requirements-dev; do \
		$(BIN)/uv pip compile --quiet --generate-hashes --universal --python-version 3.11 $(UPGRADE) \
			--custom-compile-command 'make pins' --output-file $$name.txt $$name.in || exit 1; \
	done

clean:
	rm -rf $(VENV) $(VAR_DIR)/static $(DEMO) .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(DEMO): $(RUNTIME) $(SOURCES)
	@echo 'Preparing the demo library in $(VAR_DIR) ...'
	@mkdir -p $(VAR_DIR)
	@$(AT_DEMO) $(BIN)/python manage.py migrate --verbosity 0
	@$(AT_DEMO) $(BIN)/python manage.py collectstatic --no-input --verbosity 0
	@$(AT_DEMO) $(BIN)/python manage.py load_demo
	@touch $@

$(RUNTIME): requirements.txt | $(BIN)/python
	@echo 'Installing what the site needs ...'
	@$(BIN)/python -m pip install --quiet --requirement requirements.txt
	@touch $@

$(DEVELOPMENT): requirements-dev.txt requirements.txt | $(BIN)/python
	@echo 'Installing what the tests need ...'
	@$(BIN)/python -m pip install --quiet --requirement requirements-dev.txt
	@touch $@ $(RUNTIME)

# The first Python of 3.11 or later that can make an environment (Debian keeps that part in python3-venv).
$(BIN)/python:
	@for python in $(PYTHON) python3.11 python3.12 python3.13 python3.14 python3 python; do \
		if $$python -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
			echo "Making $(VENV) with $$($$python --version)"; exec $$python -m venv $(VENV); \
		fi; \
	done; \
	echo 'Python 3.11 or later with its venv module is needed (on Debian: apt install python3-venv).' >&2; exit 1
