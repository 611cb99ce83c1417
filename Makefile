# Two commands: `make run` and `make test`. They need Python 3.11 or later (with venv) and make; the rest they install.
PYTHON ?= python3
PORT ?= 8000
STATE ?= .local
STORIES ?= 100000
PEOPLE ?= 100000
PAGES ?= 2000
MEMBERS ?= 20000
SECONDS ?= 120
SOAK ?= 0
PHASE ?= all
VENV := .venv
BIN := $(VENV)/bin
TESTS := $(BIN)/python -m pytest -n 2 -q
# What make test runs. The rest takes long, and half as long again where coverage is counted.
QUICK := not axe and not vnu and not long
# The compiled files name everything, so nothing is resolved again: pip would look for a newer version behind an extra.
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r
export PYTHONUNBUFFERED = 1

# What a production start would be given: enough for the checks that look at settings, good for nothing else.
PRODUCTION := EMBEDDED= SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(50))') \
	ALLOWED_HOSTS=stories.example.org SITE_URL=https://stories.example.org DATABASE_URL=postgres://a:b@127.0.0.1:1/c \
	REDIS_URL=redis://127.0.0.1:1 EMAIL_URL=smtp+tls://a:b@127.0.0.1:1 DEFAULT_FROM_EMAIL=letters@example.org \
	CONTROLLER_NAME=Example HOSTED_BY=Example SAFEGUARDING_EMAIL=lead@example.org

.DEFAULT_GOAL := help
.PHONY: help run manage test cases check lint audit format requirements bench bench-digest load soak screenshots clean

help:  ## What there is
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

run: $(VENV)/.run  ## Start the site with all it needs on 127.0.0.1 (PORT=8000 STATE=.local)
	@EMBEDDED=1 PORT=$(PORT) STATE=$(STATE) exec $(BIN)/python -m systemschange.embedded

manage: $(VENV)/.run  ## A management command on the running site: make manage DO="shell"
	@EMBEDDED=1 PORT=$(PORT) STATE=$(STATE) exec $(BIN)/python manage.py $(DO)

test: $(VENV)/.test  ## The tests, on real servers (ONLY=stories for one room); make check adds axe, vnu and what takes long
	@$(TESTS) -m "$(QUICK)" $(ONLY)

cases: $(VENV)/.test  ## What can happen to make run: killed, started twice ... (ONLY="twice port" or --fresh)
	@$(BIN)/python -m systemschange.tests.run_cases $(ONLY)

check: lint node_modules/.package-lock.json  ## Everything that the project's servers check; a missing tool fails
	@export REQUIRE_TOOLS=1; failed=0; \
	$(TESTS) -m "$(QUICK)" --cov --cov-branch --cov-report=term --cov-fail-under=95 || failed=1; \
	$(TESTS) -m "not ($(QUICK))" || failed=1; \
	exit $$failed
	@$(MAKE) --no-print-directory cases

lint: $(VENV)/.test  ## The quick part of make check: style, templates, floors, migrations, settings
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/djhtml --check templates
	@$(BIN)/djlint --lint --quiet templates
	@$(BIN)/lint-imports
	@DJANGO_SETTINGS_MODULE=systemschange.tests.settings $(BIN)/python manage.py makemigrations --check --dry-run
	@DJANGO_SETTINGS_MODULE=systemschange.tests.settings $(BIN)/python -m systemschange.tests.lint_migrations
	@$(PRODUCTION) $(BIN)/python -W ignore::UserWarning manage.py check --deploy --fail-level WARNING

audit: $(VENV)/.test  ## Known holes in what the site is made of: asks PyPI and npm, so it needs a network that lets it
	@$(BIN)/pip-audit --strict --require-hashes --disable-pip --requirement requirements.txt
	@npm audit

format: $(VENV)/.test  ## Put code and templates into their one form
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format --quiet . ; $(BIN)/djhtml templates

requirements: $(VENV)/.test  ## Compile requirements*.txt from requirements*.in
	@for name in requirements requirements-dev; do \
		$(BIN)/uv pip compile --quiet --no-header --universal --python-version 3.11 --generate-hashes $$name.in -o $$name.txt || exit 1; \
	done

bench: $(VENV)/.test  ## How fast pages, finding and counting are, on servers of its own (STORIES=100000 PEOPLE=100000; PAGES=2000 of each behind pages)
	@DJANGO_SETTINGS_MODULE=systemschange.tests.settings $(BIN)/python manage.py bench_finding --stories $(STORIES)
	@DJANGO_SETTINGS_MODULE=systemschange.tests.settings $(BIN)/python manage.py bench_people --people $(PEOPLE)
	@DJANGO_SETTINGS_MODULE=systemschange.tests.settings $(BIN)/python manage.py bench_insights --stories $(STORIES)
	@$(BIN)/python -m bench.pages --stories $(PAGES) --people $(PAGES)

bench-digest: $(VENV)/.test  ## How fast the weekly letter goes, against plain mails and ready ones (MEMBERS=20000)
	@$(BIN)/python -m bench.digest --members $(MEMBERS)

soak: $(VENV)/.test  ## The weekly letter while everything breaks: nothing doubled, nothing lost (MEMBERS=20000)
	@$(BIN)/python -m bench.soak --members $(MEMBERS)

load: $(VENV)/.test  ## The site with readers, open editors and a letter on its way, while its parts die and new versions go out (SECONDS=120 SOAK=0 PHASE=soak or deploy)
	@$(BIN)/python -m bench.load --seconds $(SECONDS) --soak $(SOAK) --phase $(PHASE)

screenshots: $(VENV)/.test  ## Pictures of every page, into screenshots/
	@mkdir -p screenshots && SCREENSHOTS=screenshots $(TESTS) -m browser

clean:  ## Remove what was made here, the demo's data included; .venv stays
	@rm -rf .local .cache staticfiles screenshots htmlcov .coverage* .pytest_cache .ruff_cache .import_linter_cache

$(VENV)/bin/python:
	@command -v $(PYTHON) >/dev/null || { echo "There is no $(PYTHON): install Python 3.11 or later, or name it: make run PYTHON=/path/to/python"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "$$($(PYTHON) --version) is too old: Python 3.11 or later is needed; name it: make run PYTHON=/path/to/python"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "$(PYTHON) cannot make environments: install its venv module (on Debian: python3-venv)"; exit 1; }

$(VENV)/.run: requirements.txt | $(VENV)/bin/python
	@echo "installing what requirements.txt names"
	@$(PIP) requirements.txt
	@touch $@

$(VENV)/.test: requirements-dev.txt requirements.txt | $(VENV)/bin/python
	@echo "installing what requirements-dev.txt names"
	@$(PIP) requirements-dev.txt
	@touch $@ $(VENV)/.run

node_modules/.package-lock.json: package-lock.json
	@npm ci --silent
