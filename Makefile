# `make demo` and `make test` each install all they need into .venv and nowhere else.
SHELL := /bin/sh
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3 python; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& { echo $$p; break; }; done)
VENV := .venv
BIN := $(VENV)/bin
AUDIT := .venv-audit
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input --quiet

.PHONY: demo test test-long test-all lint types contracts check lock pictures bench bench-due bench-sessions bench-load bench-strategic fuzz audit clean help

help:
	@echo "make demo       install, and open the application on the demo authority"
	@echo "make test       install, and run the quick part of the tests (minutes)"
	@echo "make test-long  the other part: every reader, layout and server, and what waits; make test-all: both"
	@echo "make check      lint and wording, types, import contracts and all tests: what CI runs"
	@echo "make pictures   draw the pictures in the README again"
	@echo "make bench      measure starting, keys, bytes and memory beside other programs (BENCH=--short: sooner)"
	@echo "make bench-due  time the due items at 10,000 and 100,000 children (BENCH=--big: a million too)"
	@echo "make bench-sessions  measure 30 sessions open at once (SESSIONS='--sessions 10 --host': fewer, forked)"
	@echo "make bench-strategic  time a strategic report at 2,000 and 20,000 (STRATEGIC='--children 2000': one size)"
	@echo "make bench-load time a load of 20,000 open children by stages (LOADS='--children 400000': England)"
	@echo "make fuzz       damage files of every layout for a minute and read them (FUZZ=--seconds 600: longer)"
	@echo "make audit      ask whether anything locked here has a known vulnerability (needs a way out)"
	@echo "make lock       resolve the pinned dependencies again"

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "fcl-tui needs Python 3.11 or later: none was found on this machine."; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "Python could not make a virtual environment (on Debian: apt install python3-venv)."; rm -rf $(VENV); exit 1; }

$(VENV)/app.stamp: requirements.lock requirements-build.lock pyproject.toml | $(BIN)/python
	@echo "Installing fcl-tui into $(VENV) ..."
	@$(PIP) install --require-hashes -r requirements.lock -r requirements-build.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/dev.stamp: requirements-dev.lock $(VENV)/app.stamp
	@echo "Installing the test tools into $(VENV) ..."
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@

demo: $(VENV)/app.stamp
	@$(BIN)/fcl-tui demo

test: $(VENV)/dev.stamp
	@$(BIN)/python -m pytest -n 2 --dist worksteal --part quick $(PYTEST)

test-long: $(VENV)/dev.stamp
	@$(BIN)/python -m pytest -n 2 --dist worksteal --part long $(PYTEST)

test-all: $(VENV)/dev.stamp
	@$(BIN)/python -m pytest -n 2 --dist worksteal $(PYTEST)

lint: $(VENV)/dev.stamp
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/python .ci/words.py

types: $(VENV)/dev.stamp
	@$(BIN)/mypy

contracts: $(VENV)/dev.stamp
	@$(BIN)/lint-imports

check: lint types contracts test-all

pictures: $(VENV)/dev.stamp
	@$(BIN)/python docs/pictures.py

bench: $(VENV)/dev.stamp
	@$(BIN)/python -m tests.benchmarks.terminal $(BENCH)

bench-due: $(VENV)/dev.stamp
	@$(BIN)/python -m tests.benchmarks.due_items $(BENCH)

bench-sessions: $(VENV)/dev.stamp
	@$(BIN)/python -m tests.benchmarks.sessions $(SESSIONS)

bench-load: $(VENV)/dev.stamp
	@$(BIN)/python -m tests.benchmarks.loads $(LOADS)

bench-strategic: $(VENV)/dev.stamp
	@$(BIN)/python -m tests.benchmarks.strategic $(STRATEGIC)

fuzz: $(VENV)/dev.stamp
	@$(BIN)/python -m tests.fuzz $(FUZZ)

$(AUDIT)/stamp: requirements-audit.lock
	@test -n "$(PYTHON)" || { echo "fcl-tui needs Python 3.11 or later: none was found on this machine."; exit 1; }
	@test -x $(AUDIT)/bin/python || $(PYTHON) -m venv $(AUDIT)
	@$(AUDIT)/bin/python -m pip --disable-pip-version-check --no-input --quiet install --require-hashes -r $< \
		|| { echo "pip-audit could not be installed, so the list of known vulnerabilities was NOT asked."; exit 3; }
	@touch $@

audit: $(AUDIT)/stamp
	@$(AUDIT)/bin/python -m tests.audit requirements.lock requirements-build.lock requirements-dev.lock

lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header \
		pyproject.toml -o requirements.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header \
		--group dev pyproject.toml -c requirements.lock -o requirements-dev.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header \
		--group build -c requirements-dev.lock -o requirements-build.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header \
		--group audit -o requirements-audit.lock

clean:
	rm -rf $(VENV) $(AUDIT) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
