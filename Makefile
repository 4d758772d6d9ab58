# `make` alone shows the targets. Everything is set up in .venv from the locked requirements; stamps there make the
# second run quick. Another Python: make PYTHON=python3.13 …

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv
STAMP := $(VENV)/.stamp
# Bytecode is made at installation, as pip does: otherwise every first import compiles, and where Python may not write
# it (PYTHONDONTWRITEBYTECODE) every import does, half a second of each report. PySpark comes as source only: it is
# packed by the setuptools of requirements/build.txt, not by a newer one from outside the lock.
SYNC := $(UV) pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes \
  --no-build-isolation-package pyspark

# uv does not read pip's settings: a machine that sends pip to a mirror with PIP_INDEX_URL sends uv there too.
ifdef PIP_INDEX_URL
export UV_DEFAULT_INDEX ?= $(PIP_INDEX_URL)
endif
# Nothing from outside the lock may be imported.
unexport PYTHONPATH PYTHONHOME

.PHONY: help
help:  ## show the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## */  make \1\t/' | expand -t 18

# ------------------------------------------------------------------------------------------------------------ set-up

$(STAMP)-uv: requirements/uv.txt
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed: make PYTHON=python3.x" if sys.version_info < (3, 11) else 0)'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

$(STAMP)-base: requirements/base.txt requirements/build.txt pyproject.toml $(STAMP)-uv
	$(SYNC) -r requirements/build.txt -r requirements/base.txt
	$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@

$(STAMP)-test: requirements/test.txt $(STAMP)-base $(STAMP)-system
	$(SYNC) -r $<
	@touch $@

# PySpark runs on Java 17 or newer; pages are tried in a real browser; the proxy file, the units and Debian's
# PostgreSQL are tried with the programs that an installation has.
$(STAMP)-system: scripts/system-packages Makefile $(STAMP)-uv
	scripts/system-packages \
	  openjdk-17-jre-headless 'java -version 2>&1 | grep -E "version \"(1[7-9]|[2-9][0-9])"' \
	  chromium 'command -v chromium || command -v chromium-browser || command -v google-chrome' \
	  nginx 'PATH=$$PATH:/usr/sbin command -v nginx' \
	  systemd 'command -v systemd-analyze' \
	  postgresql 'ls /usr/lib/postgresql/*/bin/postgres'
	@touch $@

$(STAMP)-dev: requirements/dev.txt $(STAMP)-test
	$(SYNC) -r $<
	@touch $@

$(STAMP)-bench: requirements/bench.txt $(STAMP)-base
	$(SYNC) -r $<
	@touch $@

# ----------------------------------------------------------------------------------------------------------- targets

DEMO := demo-uit
PORT := 8000

.PHONY: demo
demo: $(STAMP)-base  ## Leercirkel with an invented board, on http://127.0.0.1:8000 (or: make demo PORT=8001)
	@test -e $(DEMO)/bao-units/rapport.json || $(MAKE) --no-print-directory demo-files
	@exec $(BIN)/python scripts/demo.py $(DEMO)/leercirkel $(PORT)

.PHONY: demo-files
demo-files: $(STAMP)-base  ## invented school files, the report on them in every form, and where these lie
	@for school in sbo bao bao-units; do \
	  files=$(DEMO)/$$school; \
	  rm -rf "$$files"; \
	  $(BIN)/leercirkel demo-files "$$files" --school $$school --years 4 --seed 1; \
	  shopt -s nullglob; \
	  $(BIN)/leercirkel report \
	    --rosters "$$files"/EDEX-*.xml \
	    --results "$$files"/resultaten-* "$$files"/niet-gemaakt-* "$$files"/doorstroomtoets-* \
	      "$$files"/methodetoets-* "$$files"/observaties-* \
	    --standards "$$files/normen.toml" \
	    --calendar "$$files/toetsen.toml" \
	    --norms "$$files/normtabel-demo-lvs.csv" \
	    --pupils "$$files/kenmerken.csv" \
	    --interventions "$$files/aanpakken.toml" \
	    --out "$$files/rapport.pdf" --out "$$files/rapport.html" \
	    --out "$$files/rapport.xlsx" --out "$$files/rapport.json"; \
	done
	@echo; echo "De rapporten liggen klaar:"; ls -1 $(DEMO)/*/rapport.{pdf,html,xlsx} | sed "s|^|  $$PWD/|"

.PHONY: screenshots
screenshots: $(STAMP)-test $(STAMP)-bench  ## the pictures of docs/gebruik, from a demonstration that runs on PORT
	$(BIN)/python scripts/screenshots.py http://127.0.0.1:$(PORT)

.PHONY: test
test: $(STAMP)-test  ## every test, on all cores (one: make test ARGS='-k edexml')
	$(BIN)/pytest $(ARGS)

.PHONY: check
check: $(STAMP)-dev  ## ruff, mypy, import-linter
	$(BIN)/ruff check .
	$(BIN)/ruff format --check --quiet .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

.PHONY: format
format: $(STAMP)-dev  ## let ruff put the code in order
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

.PHONY: bench
bench: $(STAMP)-bench $(STAMP)-test  ## speed and memory against the baseline scripts
	$(BIN)/python benchmarks/bench_report.py
	$(BIN)/python benchmarks/bench_forms.py
	$(BIN)/python benchmarks/bench_xlsx.py
	$(BIN)/python benchmarks/bench_analyses.py
	$(BIN)/python benchmarks/bench_national.py 100
	$(BIN)/python benchmarks/bench_rows.py
	$(BIN)/python benchmarks/bench_web.py
	$(BIN)/python benchmarks/bench_parts.py
	$(BIN)/python benchmarks/bench_insight.py
	$(BIN)/python benchmarks/bench_open_data.py
	$(BIN)/python benchmarks/bench_benchmark.py
	$(BIN)/pytest -n0 -m slow
	$(BIN)/python benchmarks/bench_snapshot.py

.PHONY: round
round: $(STAMP)-test  ## a whole round of two schools played in the browser, with every click counted
	LEERCIRKEL_WHOLE_ROUND=1 $(BIN)/pytest -n0 -s -q tests/functional/test_whole_round.py

.PHONY: simulate
simulate: $(STAMP)-base  ## how often the product is right about effects and shares when the truth is known (ARGS=50: fewer schools)
	$(BIN)/python benchmarks/simulate_effect.py $(ARGS)
	$(BIN)/python benchmarks/simulate_benchmark.py

.PHONY: bench-national
bench-national: $(STAMP)-bench  ## all analyses of 6,500 schools on DuckDB (make bench-national ARGS=1000 for fewer)
	$(BIN)/python benchmarks/bench_national.py $(or $(ARGS),6500 --ours-only)

# One resolution for every platform and Python from 3.11 on; each next lock follows the one before it.
COMPILE = $(UV) pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest --generate-hashes \
  --no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock' $(UPGRADE)

.PHONY: bench-growth
bench-growth: $(STAMP)-bench  ## growth norms beside R's quantreg (apt-get install r-cran-quantreg), and their calibration
	$(BIN)/python benchmarks/bench_growth.py $(ARGS)

.PHONY: lock
lock: $(STAMP)-uv  ## write requirements/*.txt anew (newer releases: make lock UPGRADE=--upgrade)
	@cd requirements; COMPILE="../$(COMPILE)"; \
	compile() { out=$$1; shift; eval "$$COMPILE" "$$@" -o "$$out"; echo "requirements/$$out"; }; \
	compile uv.txt uv.in; \
	compile build.txt build.in; \
	compile base.txt ../pyproject.toml; \
	compile test.txt --extra spark ../pyproject.toml test.in; \
	compile dev.txt --extra spark ../pyproject.toml test.in dev.in; \
	compile bench.txt ../pyproject.toml bench.in

.PHONY: clean
clean:  ## remove .venv, the demo files and everything else that make made
	rm -rf $(VENV) $(DEMO) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find src tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true
