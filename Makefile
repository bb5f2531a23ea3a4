# Everything from a fresh clone with Python 3.11+ and make alone.

PYTHON ?= python3
BIN    := .venv/bin
PY     := $(BIN)/python
NPM    := $(PY) tools/npm.py --prefix client
CLIENT := $(shell find client -name node_modules -prune -o -type f -print)
PURE   := */turnout/domain/*,*/turnout/exports/*,*/turnout/guides/*,*/turnout/match/*,*/turnout/wire.py
PURE_TESTS := tests/domain tests/exports tests/guides tests/match tests/test_wire.py
NOT_RUN := .venv/.not-run
TESTED := $(BIN)/coverage run -m pytest -q -n 2 --dist loadfile \
  -p tools.not_run --not-run $(CURDIR)/$(NOT_RUN)

.PHONY: run test test-pure test-long test-linux test-faults faults bench check format wire lock clean
.DELETE_ON_ERROR:

# A demonstration conversation; `make run ROBOTS=200` chooses how many robots take part.
run: .venv/.ready
	$(BIN)/turnout demo

# Its last line says what it did not run.
test: check test-pure .venv/.browser
	$(BIN)/coverage erase
	CHROMIUM="$${CHROMIUM:-$$(cat .venv/.browser)}" $(TESTED) $(PURE_TESTS:%=--ignore %)
	$(BIN)/coverage combine -q . .coverage-pure
	$(BIN)/coverage report --fail-under 90
	$(NPM) run -s test
	@$(PY) -m tools.not_run $(NOT_RUN)

# The pure layer is covered in full by its own tests.
test-pure: export COVERAGE_FILE := .coverage-pure
test-pure: .venv/.ready
	$(BIN)/coverage erase
	rm -f $(NOT_RUN)
	$(TESTED) $(PURE_TESTS)
	$(BIN)/coverage combine -q
	$(BIN)/coverage report --include '$(PURE)' --fail-under 100

test-long: .venv/.ready .venv/.browser
	CHROMIUM="$${CHROMIUM:-$$(cat .venv/.browser)}" $(PY) -m pytest -q -n 2 --dist loadfile \
	  -m "long and not every_fault"
	@echo "Not run: the rehearsal of 600 with every fault (see make test-faults)."

# Power cuts, failing disks and full ones, clocks that jump, nginx and Caddy: on Linux, as root. Gets
# the programs that hurt where it may; its last line says what it did not run.
test-linux: NOT_RUN := $(CURDIR)/.venv/.not-run-linux
test-linux: .venv/.ready
	$(PY) tools/linux.py
	rm -f $(NOT_RUN)
	$(PY) -m pytest -q -n 2 --dist load -p tools.not_run --not-run $(NOT_RUN) \
	  -m linux
	@$(PY) -m tools.not_run $(NOT_RUN)

# Kills, power cuts, bad networks, mutants, hostile frames, for hours; QUICK=1 takes about ten
# minutes, PARTS="kills cuts" runs those alone.
faults: .venv/.ready
	$(PY) -m tests.faults.run $(if $(QUICK),--quick) $(PARTS)

# Six hundred robots and everything that can go wrong: four minutes.
test-faults: .venv/.ready
	$(PY) -m pytest -q -m every_fault

# How fast it is, beside the machine's limit and others' servers. QUICK=1: two minutes. OUT=FILE
# keeps the numbers as JSON; DOCS=1 writes docs/performance.md.
bench: .venv/.ready
	PYTHONPATH=$(CURDIR) $(PY) -m bench.speed $(if $(QUICK),--quick) $(if $(OUT),--out $(OUT)) \
	  $(if $(DOCS),--docs)

check: .venv/.ready
	$(BIN)/ruff format -q --check
	$(BIN)/ruff check -q
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(PY) tools/wire_types.py --check
	$(NPM) run -s check

format: .venv/.ready
	$(BIN)/ruff check -q --fix --exit-zero
	$(BIN)/ruff format -q
	$(NPM) run -s format

# The client's message types, from the server's.
wire: .venv/.ready
	$(PY) tools/wire_types.py

# Lock files hold names and versions only, no addresses.
lock: .venv/.libs
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --no-header --no-annotate \
	  --extra dev --upgrade pyproject.toml -o constraints.txt
	$(NPM) update --package-lock-only

clean:
	rm -rf .venv .venv-bench client/node_modules dist server/turnout/web/static
	rm -rf .coverage* .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache

# The libraries: again when a lock file or the project file changes.
.venv/.libs: pyproject.toml constraints.txt
	test -x $(PY) || $(PYTHON) -m venv .venv
	$(PY) -m pip install -q --disable-pip-version-check -c constraints.txt uv
	$(BIN)/uv pip install -q --python $(PY) -c constraints.txt -r pyproject.toml --extra dev
	touch $@

client/node_modules/.package-lock.json: client/package.json client/package-lock.json | .venv/.libs
	$(NPM) ci
	touch $@

# The editable project: its build hook builds the client.
.venv/.ready: .venv/.libs hatch_build.py tools/npm.py client/node_modules/.package-lock.json $(CLIENT)
	$(BIN)/uv pip install -q --python $(PY) --no-deps --no-build-isolation -e .
	touch $@

.venv/.browser: .venv/.libs
	$(PY) tools/browser.py > $@
