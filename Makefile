# `make` alone lists what there is. PYTHON, PORT and WORKERS may be given: make demo PORT=8001
.DEFAULT_GOAL := help
.PHONY: help setup demo run migrate test check lint format bench cluster screenshots lock clean

VENV := .venv
MANAGE := $(VENV)/bin/python manage.py
export PYTHON
export PORT
export WORKERS

help: ## List these targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | awk -F'\t' '{printf "  make %-12s %s\n", $$1, $$2}'

setup: ## Make .venv with everything for development
	@scripts/install.sh dev

demo: ## Install, fill with demo content and serve on http://127.0.0.1:8000/
	@scripts/install.sh runtime
	@scripts/demo.sh

run: setup ## Serve one's own changes at once (reloads; DEBUG on; database in var/)
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) createcachetable
	@trap 'exit 130' INT TERM; trap 'kill $$worker 2>/dev/null; wait' EXIT; $(MANAGE) run_worker & worker=$$!; \
		$(MANAGE) runserver 127.0.0.1:$(or $(PORT),8000)

migrate: setup ## Make missing migrations and apply them
	@$(MANAGE) makemigrations
	@$(MANAGE) migrate

test: setup ## Everything CI runs: lint, types, tests on SQLite and PostgreSQL, in the browser
	@scripts/test.sh

check: test ## The same

lint: setup ## Only lint, format and types (seconds)
	@scripts/lint.sh

format: setup ## Mend what a tool can mend, Python and templates
	@$(VENV)/bin/ruff check --fix . || true
	@$(VENV)/bin/ruff format .
	@find templates site directory events search -name '*.html' -print0 | xargs -0 -r $(VENV)/bin/djade --target-version 5.2 || true

bench: setup ## Speed of the main pages, of an import, of sign-ups, of the search (DOCUMENTS=2000)
	@DJANGO_SETTINGS_MODULE=config.settings.dev DEBUG=0 $(VENV)/bin/python -m scripts.bench
	@DJANGO_SETTINGS_MODULE=config.settings.dev DEBUG=0 $(VENV)/bin/python -m scripts.bench_import
	@DJANGO_SETTINGS_MODULE=config.settings.dev DEBUG=0 $(VENV)/bin/python -m scripts.bench_signups
	@DEBUG=0 $(MANAGE) bench_search --documents $(or $(DOCUMENTS),2000) --json var/bench_search.json

cluster: setup ## Start a search cluster of three nodes to try the site with (Ctrl+C ends it)
	@$(VENV)/bin/python -m scripts.with_cluster

screenshots: setup ## Pictures of the main pages, phone and desktop, into docs/images/
	@$(VENV)/bin/python -m scripts.screenshots

lock: setup ## Write the locks anew from pyproject.toml
	@$(VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes pyproject.toml --extra build -o requirements.lock
	@$(VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes pyproject.toml --extra build --extra dev -c requirements.lock -o requirements-dev.lock

clean: ## Remove what can be made again (keeps the database and uploads)
	@rm -rf $(VENV) var/static .pytest_cache .ruff_cache .mypy_cache .hypothesis
