# Postroom: `make run` on a fresh machine (git, make, Python 3.11+ with venv, Node 20+ with npm) is all it takes.
#
# A step is done again only when what goes into it changed: .build/NAME holds the checksum of its inputs.
# Python packages come from the hash-pinned locks by uv, the SPA's from its package-lock.json.

PYTHON ?= python3
BIN := .venv/bin
# Once the development group is in, it stays: it holds the run-time set with the same pins.
DEVELOPMENT := $(if $(filter test interop fuzz lint lint-% format bench bench-crash schema lock,$(MAKECMDGOALS)),yes,$(wildcard .build/development))
LOCK := $(if $(DEVELOPMENT),requirements-dev.lock,requirements.lock)
WEB_SOURCES = find frontend schema/graphql \( -name node_modules -o -name dist -o -name .vite \) -prune -o -type f -exec cksum {} + | LC_ALL=C sort
# Not `npm ci`: it refuses a lock written where the registry lacks other platforms' optional packages. Versions and
# hashes are those of the lock all the same; a test compares it with package.json.
NPM_INSTALL := npm install --no-save --no-audit --no-fund --loglevel=error
# postfix for smtp-source and smtp-sink; it is not configured and does not run.
INTEROP_PACKAGES = isync offlineimap3 neomutt curl fetchmail getmail6 msmtp swaks postfix \
	thunderbird xvfb xauth xdotool libnss3-tools imagemagick
RUNTIME_PACKAGES = $$(sed -n 's/^\([A-Za-z0-9._-]*\)==.*/\1/p' requirements.lock)
FORBIDDEN_LICENCES := GPL;AGPL;LGPL;SSPL;BUSL;General Public;Server Side Public;Business Source
COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url

# $(call step,NAME,WHAT IT MAKES,COMMAND THAT PRINTS THE INPUTS,COMMANDS): the sum also names this folder, because
# an environment that was moved is broken, and is taken when all is done, so a step that failed is done again. What a
# step says goes to stderr: the standard output of `make run` is the server's.
define step
@mkdir -p .build; inputs() { { pwd; $(3); } | cksum; }; \
if ! [ -e $(2) ] || [ "$$(cat .build/$(1) 2>/dev/null)" != "$$(inputs)" ]; then \
	set -e; rm -f .build/$(1); { echo "make: $(1)"; $(4); } >&2; inputs > .build/$(1); \
fi
endef

.PHONY: help setup run demo test interop interop-programs fuzz lint format schema bench bench-crash lock clean python bytecode web web-packages chromium \
	lint-python lint-types lint-imports lint-schema lint-migrations lint-licences lint-locks lint-web

help:
	@echo "make setup    environment and SPA"
	@echo "make run      the same, then the server on this machine"
	@echo "make demo     the same with a sample organisation"
	@echo "make test     every test"
	@echo "make interop  mail programs of other authors against this server"
	@echo "make fuzz     random input for every parser; SECONDS=60 each"
	@echo "make lint     every check; make -k lint goes on after the first failure"
	@echo "make format   formats Python and the SPA"
	@echo "make schema   exports the GraphQL schema and the SPA's types"
	@echo "make bench    the public benchmarks"
	@echo "make bench-crash  20,000 messages while processes are killed"
	@echo "make lock     resolves the Python dependencies anew"

setup: python bytecode web

# exec: the server takes the place of the shell, so a signal to make ends the server and nothing is left behind.
run: setup
	@exec $(BIN)/postroom serve

demo: setup
	@{ [ -e "$${POSTROOM_DATA:-data}/postroom.db" ] || $(BIN)/postroom demo; } && exec $(BIN)/postroom serve

python:
	$(call step,python,$(BIN)/postroom,cat $(LOCK) requirements-bootstrap.lock pyproject.toml,\
		$(PYTHON) -c 'import ensurepip; import sys; import venv; sys.exit(sys.hexversion < 0x30b0000)' 2>/dev/null \
			|| { echo "Postroom needs Python 3.11 or newer with venv (name another one with PYTHON=...)" >&2; exit 1; }; \
		[ -x $(BIN)/python ] && $(BIN)/python -c '' 2>/dev/null || $(PYTHON) -m venv --clear .venv; \
		[ -x $(BIN)/uv ] || $(BIN)/python -m pip install --quiet --require-hashes -r requirements-bootstrap.lock; \
		$(BIN)/uv pip sync --quiet --compile-bytecode --python $(BIN)/python --require-hashes requirements-bootstrap.lock $(LOCK); \
		$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .; \
		$(if $(DEVELOPMENT),touch .build/development,:))

# Compiled here even where PYTHONDONTWRITEBYTECODE keeps the server from doing it: a start without takes twice as long.
bytecode: python
	$(call step,bytecode,schema/__pycache__,find backend protocol_service schema -name '*.py' -exec cksum {} + | LC_ALL=C sort,\
		$(BIN)/python -m compileall -q backend protocol_service schema)

web-packages:
	$(call step,web-packages,frontend/node_modules,cat frontend/package.json frontend/package-lock.json frontend/.npmrc,\
		node -e 'process.exit(+(process.versions.node.split(".")[0] < 20))' 2>/dev/null && command -v npm >/dev/null \
			|| { echo "Postroom needs Node 20 or newer with npm to build its web interface" >&2; exit 1; }; \
		cd frontend; $(NPM_INSTALL); cd ..)

web: web-packages
	$(call step,web,frontend/dist/index.html,$(WEB_SOURCES),cd frontend; npm run build; cd ..)

# The browser tests start Chromium by path; no browser is downloaded by a test tool. Where Debian's headless shell
# is there most walks run in it, at a third less; without it they run in the whole browser.
chromium:
	@if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && ! command -v chromium-headless-shell >/dev/null; then \
		apt-get update -qq; \
		DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium chromium-headless-shell fonts-liberation \
			|| DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-liberation; fi; \
	command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || { \
		echo "make test needs Chromium: install the package chromium (on Debian: apt-get install chromium chromium-headless-shell fonts-liberation)" >&2; \
		exit 1; }

# Both suites run whatever the first one says; pytest has the last word.
test: setup chromium
	@status=0; (cd frontend && npm test) || status=1; \
	$(BIN)/python -m pytest -n 2 --dist loadscope || status=1; exit $$status

# Where they cannot be installed, the tests of what is missing are skipped and say so.
interop: setup interop-programs
	$(BIN)/python -m pytest -m interop tests/interop

interop-programs:
	@missing=; for package in $(INTEROP_PACKAGES); do \
		dpkg-query -W -f '$${db:Status-Abbrev}' $$package 2>/dev/null | grep -q '^ii' || missing="$$missing $$package"; done; \
	if [ -n "$$missing" ] && [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo 'postfix postfix/main_mailer_type select No configuration' | debconf-set-selections; \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing; \
	elif [ -n "$$missing" ]; then echo "not installed, so not asked:$$missing" >&2; fi

# For each target; what is learned is kept in .build/fuzz.
SECONDS ?= 60
fuzz: python
	$(BIN)/python -m tests.fuzz --seconds $(SECONDS)

lint: lint-python lint-types lint-imports lint-schema lint-migrations lint-licences lint-locks lint-web

lint-python: python
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

lint-types: python
	$(BIN)/mypy

lint-imports: python
	$(BIN)/lint-imports --no-cache

lint-schema: python
	$(BIN)/postroom schema export --check

lint-migrations: python
	$(BIN)/postroom migrate --check

lint-licences: python
	@$(BIN)/pip-licenses --from=mixed --partial-match --fail-on='$(FORBIDDEN_LICENCES)' --packages $(RUNTIME_PACKAGES) >/dev/null \
		&& echo "licences of $(words $(shell sed -n 's/==.*//p' requirements.lock)) run-time packages: none that binds"

lint-locks:
	@! grep -n '://' requirements*.lock && ! grep -n '"resolved": *"http' frontend/package-lock.json \
		|| { echo "a lock file names a host" >&2; exit 1; }

lint-web: web-packages
	cd frontend && npm run check

format: python web-packages
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	cd frontend && npm run format

schema: python web-packages
	$(BIN)/postroom schema export
	cd frontend && npm run codegen

bench: setup
	$(BIN)/python -m tests.bench

bench-crash: setup
	$(BIN)/python -m tests.bench crash --mails 20000 --kills 40

# The development set is resolved first: what ships has the pins that were tested.
lock: python
	$(COMPILE) --group pyproject.toml:bootstrap -o requirements-bootstrap.lock
	$(COMPILE) pyproject.toml --group dev -o requirements-dev.lock
	$(COMPILE) pyproject.toml -c requirements-dev.lock -o requirements.lock

clean:
	rm -rf .build .venv frontend/node_modules frontend/dist
