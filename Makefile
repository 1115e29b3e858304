# Genre Desktop. `make run` and `make test` do all their own set-up; `make help` lists the rest.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
# stock MLflow, as a team's server has it; the program itself has the client only
SERVER := build/team-server
JOBS ?= $(shell nproc 2>/dev/null || echo 2)
MINUTES ?= 5

.DEFAULT_GOAL := help
.PHONY: help setup run test check format lint types imports bench fuzz package package-debian screenshots starter-models reference demo team-demo faults power-loss lock clean

help:  ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  %-16s %s\n", $$1, $$2}'

setup: $(STAMP)  ## Virtual environment and system packages, only where missing

$(STAMP): requirements.lock pyproject.toml tools/setup_system.sh
	@bash tools/setup_system.sh $(PYTHON)
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(SERVER)/.installed: tools/team/requirements.lock
	@test -x $(SERVER)/bin/python || $(PYTHON) -m venv $(SERVER)
	$(SERVER)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r tools/team/requirements.lock
	@touch $@

run: setup  ## Open the window (FILES="a.mp3 folder" opens those)
	$(BIN)/genre-desktop $(FILES)

# WORKAROUND: pytest-xdist issues 784 and 1327: after replacing a test process that died it waits for ever.
test: setup $(SERVER)/.installed  ## All tests, with coverage
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -n $(JOBS) --dist loadfile --max-worker-restart=0 --cov --cov-report=term:skip-covered --durations=10

check: lint types imports test  ## Every quality gate, the tests among them

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/pre-commit run --all-files wording

types: setup
	$(BIN)/mypy

imports: setup
	$(BIN)/lint-imports --no-logo

format: setup  ## Format and fix what can be fixed
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: setup build/peers  ## Measure speed and memory side by side; writes benchmarks/results.md
	GENRE_DESKTOP_PEERS=build/peers $(BIN)/python -m benchmarks

fuzz: setup  ## Fuzz everything that reads foreign bytes (MINUTES=5)
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m fuzz --minutes $(MINUTES)

build/peers:
	@$(BIN)/python -m pip install --quiet --target $@ opensmile "essentia>=2.1b6.dev1389" \
	    || { echo "The peers do not install here; they are left out."; mkdir -p $@; }

screenshots: setup  ## Regenerate docs/images from the real window
	$(BIN)/python -m tools.screenshots

starter-models: setup  ## Train the two starter models from the shared tables
	$(BIN)/python -m genre_desktop.ml.training.build_starters

reference: setup  ## Measure the reference table from the shared recordings
	$(BIN)/python tools/make_reference.py

demo: setup  ## Synthesise the demo clip
	$(BIN)/python tools/make_demo_clip.py

team-demo: setup $(SERVER)/.installed  ## A team of two desktops with all its servers, on this computer
	$(BIN)/python -m tools.team.demo

faults: setup  ## Make every file call of the operations fail once; writes docs/reliability.md (SAMPLE=seconds for each)
	$(BIN)/python -m tools.faults --write-docs $(if $(SAMPLE),--sample $(SAMPLE))

power-loss: setup  ## Replay recorded writes after losses of power; writes docs/reliability.md (STATES=number for each)
	$(BIN)/python -m tools.power_loss --write-docs $(if $(STATES),--states $(STATES))

package: setup  ## Freeze the program into dist/, try it out, pack it (build/package.log)
	@mkdir -p build
	@set -o pipefail; $(BIN)/python -m tools.package.make 2>&1 | tee build/package.log

package-debian:  ## Install, try out and remove the .deb in a small Debian (as root; needs debootstrap)
	@set -o pipefail; $(BIN)/python -m tools.package.debian dist/genre-desktop_*.deb build/debian 2>&1 | tee build/package-debian.log

lock:  ## Update requirements.lock (versions and hashes, no index addresses)
	$(PYTHON) -m venv build/lock && build/lock/bin/pip install --quiet uv
	build/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	    --no-header --no-annotate --extra metrics --extra cluster --group dev --group package -o requirements.lock pyproject.toml
	build/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	    --no-header --no-annotate -o tools/team/requirements.lock tools/team/requirements.in

clean:  ## Remove everything that was built
	rm -rf $(VENV) build dist .coverage* htmlcov .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
