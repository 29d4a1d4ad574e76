# Every target prepares its own environment in $(VENV): python3 (3.10-3.12), python3-venv, python3-dev and gcc are
# enough. Another interpreter: make test PYTHON=python3.12. Preparing is skipped while the pinned set is unchanged.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
# The stamp carries the interpreter's name, so that a change of PYTHON prepares anew.
STAMP := $(VENV)/.ready-$(subst /,_,$(PYTHON))
EXAMPLE := examples/ikec-hoorn

# The supply chain's own tools stand apart: what they need is no part of the project (docs/leveringsketen.md).
TOOLS := $(VENV)-tools

# So do the engines that the program is measured beside (benchmarks/README.md).
BENCH := $(VENV)-bench
PEERS := clipspy cel-python common-expression-language regopy OpenFisca-Core z3-solver numpy

# What is installed has a hash that the lock knows. What builds it is installed first, in the same way, so that pip
# fetches nothing of its own for a build.
INSTALL := -m pip install --quiet --no-build-isolation
export PIP_USE_PEP517 := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help env compiled demo test lint format bench bench-quick reports docs wheel check-wheel fuzz asan pins audit sbom clean

help: ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

$(STAMP): pyproject.toml setup.py requirements-dev.lock requirements-build.lock
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 10) <= sys.version_info[:2] < (3, 13))' || \
	  { echo "ikec-compliance needs Python 3.10, 3.11 or 3.12: make PYTHON=python3.11" >&2; exit 2; }
	@version='import sys; print(sys.version_info[:2])'; \
	if [ "$$($(BIN)/python -c "$$version" 2>/dev/null)" != "$$($(PYTHON) -c "$$version")" ] \
	  || ! $(BIN)/python -m pip --version >/dev/null 2>&1; \
	then echo "$(PYTHON) -m venv $(VENV)"; $(PYTHON) -m venv --clear $(VENV); fi
	$(BIN)/python $(INSTALL) --require-hashes -r requirements-build.lock
	$(BIN)/python $(INSTALL) --require-hashes -r requirements-dev.lock
	$(BIN)/python $(INSTALL) --no-deps -e .
	@rm -f $(VENV)/.ready-*; touch $@

env: compiled ## prepare the environment only

# Where PYTHONDONTWRITEBYTECODE is set, Python would compile the program anew for every check. Quick when up to date.
compiled: $(STAMP)
	@$(BIN)/python -m compileall -q src

# The example centre has findings, so exit code 1 is the demonstration: 0 would mean that they went unseen.
# Python itself exits with 1 on a crash, hence the look at the report.
demo: compiled ## check the example centre
	@report=$$(mktemp); trap 'rm -f "$$report"' EXIT; \
	code=0; $(BIN)/ikec check $(EXAMPLE) >"$$report" || code=$$?; cat "$$report"; \
	if [ $$code -eq 0 ]; then echo "make demo: the example centre has findings, but ikec reported none" >&2; exit 1; fi; \
	if [ $$code -ne 1 ]; then echo "make demo: ikec stopped with exit code $$code" >&2; exit $$code; fi; \
	if [ ! -s "$$report" ]; then echo "make demo: ikec gave no report" >&2; exit 3; fi

test: $(STAMP) ## run the tests
	$(BIN)/python -m pytest -q -n auto --dist loadfile

lint: $(STAMP) ## style, types and layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

format: $(STAMP) ## put the code in the project's format
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format .

# A peer that this Python or machine cannot have is shown as absent in the tables.
$(BENCH)/.ready: requirements-build.lock requirements-dev.lock benchmarks/requirements.txt
	$(PYTHON) -m venv --clear $(BENCH)
	$(BENCH)/bin/python $(INSTALL) --require-hashes -r requirements-build.lock
	$(BENCH)/bin/python $(INSTALL) --require-hashes -r requirements-dev.lock
	@for peer in $(PEERS); do \
	  $(BENCH)/bin/python $(INSTALL) -c benchmarks/requirements.txt "$$peer" \
	  || echo "make bench: $$peer cannot be installed here, the tables will say absent" >&2; done
	@touch $@

bench: $(BENCH)/.ready ## measure speed beside other engines, with checked answers
	$(BENCH)/bin/python benchmarks/run.py

bench-quick: $(BENCH)/.ready ## the same in a minute: few rounds, small sizes
	$(BENCH)/bin/python benchmarks/run.py --quick

reports: $(STAMP) ## write the sample reports anew
	for name in ikec-hoorn ikec-hoorn-op-orde; do \
	  $(BIN)/ikec check examples/$$name --rules rules --fail-on none --output reports/$$name.txt || exit $$?; \
	  $(BIN)/ikec conflicts examples/$$name --rules rules --fail-on none --format json \
	    --output reports/$$name-botsingen.json || exit $$?; \
	done

docs: $(STAMP) ## build the documentation site into build/site (Python 3.11 or 3.12)
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --strict --quiet

wheel: $(STAMP) ## build a wheel into dist/
	@rm -rf build dist
	$(BIN)/python -m pip wheel --quiet --no-deps --no-build-isolation --wheel-dir dist .

# Installed alone, away from the source tree, the wheel must find the findings of its own example.
check-wheel: wheel ## build a wheel and run it in an environment of its own
	@set -e; place=$$(mktemp -d); trap 'rm -rf "$$place"' EXIT; \
	$(PYTHON) -m venv "$$place/venv"; \
	"$$place/venv/bin/python" $(INSTALL) --require-hashes -r requirements-build.lock; \
	"$$place/venv/bin/python" $(INSTALL) --require-hashes -r requirements-run.lock; \
	"$$place/venv/bin/python" $(INSTALL) --no-deps dist/*.whl; \
	cd "$$place"; code=0; ./venv/bin/ikec check --format json >report.json || code=$$?; \
	if [ $$code -ne 1 ]; then echo "make check-wheel: exit code $$code, expected 1" >&2; exit 1; fi; \
	./venv/bin/python -c 'import json; r = json.load(open("report.json", encoding="utf-8")); n = len(r["verdicts"]); \
	  assert r["schema"] == "ikec-report/v1" and n; print("wheel, installed alone:", n, "verdicts")'

fuzz: $(STAMP) ## look for bad input that nobody thought of (SECONDS=600)
	$(BIN)/python -m tests.fuzz.run --seconds $(or $(SECONDS),600)

asan: $(STAMP) ## the engine's tests with its C code under AddressSanitizer
	tools/asan.sh $(BIN)/python

$(TOOLS)/.ready: requirements-tools.lock
	$(PYTHON) -m venv --clear $(TOOLS)
	$(TOOLS)/bin/python $(INSTALL) --require-hashes -r requirements-tools.lock
	@touch $@

pins: $(TOOLS)/.ready ## write the locks (versions with hashes) anew
	$(TOOLS)/bin/python tools/pins.py

audit: $(TOOLS)/.ready ## ask the advisory databases about every pinned release
	$(TOOLS)/bin/python tools/audit.py

sbom: $(TOOLS)/.ready ## list what is delivered as CycloneDX in build/sbom.json
	@set -e; place=$$(mktemp -d); trap 'rm -rf "$$place"' EXIT; \
	$(PYTHON) -m venv "$$place"; \
	"$$place/bin/python" $(INSTALL) --require-hashes -r requirements-build.lock; \
	"$$place/bin/python" $(INSTALL) --require-hashes -r requirements-run.lock; \
	$(TOOLS)/bin/python tools/sbom.py "$$place/bin/python"

clean: ## remove the environment and everything built
	rm -rf $(VENV) $(TOOLS) $(BENCH) build dist src/*.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
