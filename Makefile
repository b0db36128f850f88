# make run    make the virtual environment, install the app and open it
# make test   install what tests need, the browser included, and run everything
# make quick  what every commit must pass, in under a minute
# make check  linters, types, import directions
# make soak   the long forms: 200 kills, more examples
# make messages   bring the catalogues of other languages up to date
# make screenshots   every screen into docs/screenshots

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DATA ?=

.PHONY: run test quick check soak browser messages screenshots clean

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip

$(VENV)/.app: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --editable ".[desktop]"
	@touch $@

$(VENV)/.dev: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --editable ".[desktop,test,dev]"
	@touch $@ $(VENV)/.app

run: $(VENV)/.app
	$(BIN)/tutor run $(if $(DATA),--data $(DATA))

browser: $(VENV)/.dev
	$(BIN)/python tests/browser/install.py

check: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# The rules, one session from end to end, and that a rebuild gives the same bytes; the rest is for `make test`,
# every state of every screen among it, all that a hub can do wrong, speech from the voice to the verdict, and
# the course against its dictionary.
QUICK := tests/memory tests/drills tests/course tests/motivation tests/meaning tests/speech tests/ui \
	tests/store/test_rebuild.py tests/journeys/test_session.py $(wildcard tests/test_*.py)
SLOW := tests/ui/test_screen_states.py tests/ui/test_speaking.py tests/ui/test_saying_an_item.py \
	tests/ui/test_talking_aloud.py tests/ui/test_speech_settings.py tests/test_weak_sounds.py \
	tests/speech/whole tests/speech/test_eviction.py $(wildcard tests/speech/test_pack*.py) \
	tests/meaning/test_projection.py tests/course/test_check_language.py

quick: check
	$(BIN)/pytest -q -n 2 -m "not browser and not soak" --hypothesis-profile=quick $(QUICK) \
		$(addprefix --ignore=,$(SLOW))

test: check browser
	$(BIN)/pytest -n 2 -m "not browser and not soak"
	$(BIN)/pytest -n 2 -m "browser and not soak"

soak: $(VENV)/.dev
	$(BIN)/pytest -m soak --hypothesis-profile=soak

# The Polish catalogue: new messages of the code go into it, and it is compiled.
messages: $(VENV)/.dev
	$(BIN)/python -m tools.messages

screenshots: browser
	$(BIN)/python -m tools.screenshots

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
