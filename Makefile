# make run   set up everything and open the chat on 127.0.0.1:7860
# make test  set up everything and run every check and test
# Both work on a fresh machine with Python 3.11+; a second run starts within seconds (stamps in .venv).

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check

.DELETE_ON_ERROR:
.PHONY: run test check eval setup setup-dev lock train-model train-ranker clean

run: setup
	$(BIN)/wenbao ingest
	$(BIN)/wenbao serve

test: setup-dev
	$(MAKE) --no-print-directory check
	$(BIN)/python -m pytest

check: setup-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# The whole evaluation suite: prints the table and writes the report. CORPUS is a folder with the reports of corpus.jsonl.
CORPUS ?= ../shared/reports/corpus
eval: setup-dev
	$(BIN)/wenbao eval run $(if $(wildcard $(CORPUS)),--reports $(CORPUS))

setup: $(VENV)/.installed
setup-dev: $(VENV)/.installed-dev

# Torch first and alone: any other order or spelling may bring gigabytes of CUDA packages (scripts/install-torch says how).
$(VENV)/.installed: pyproject.toml constraints.txt scripts/install-torch
	$(PYTHON) scripts/require-python
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) install --quiet --upgrade "pip>=24"
	sh scripts/install-torch $(BIN)/python
	$(PIP) install --quiet --constraint constraints.txt --editable '.[models]'
	touch $@

$(VENV)/.installed-dev: $(VENV)/.installed scripts/install-browser
	$(PIP) install --quiet --constraint constraints.txt --editable '.[models,train,eval,dev]'
	sh scripts/install-browser
	touch $@

# Write constraints.txt anew from what is installed (torch has its own step).
lock:
	$(PIP) freeze --exclude-editable | grep -viE '^(torch|wenbao)==' > constraints.txt

# Train the bundled embedding model anew (see vectorstore/model/README.md). TRAINING is the folder with the data, HELD_OUT
# the one with the reports that the model is tested on and must not be trained on.
TRAINING ?= ../shared/training
HELD_OUT ?= ../shared/reports
train-model: setup-dev
	$(BIN)/python -m vectorstore.training.train_model --data $(TRAINING) --held-out $(HELD_OUT) --out vectorstore/model

# Fit the weights of assistant/ranker.json anew to the development questions (see evals/training.py).
train-ranker: setup-dev
	$(BIN)/python -m evals.training --reports $(CORPUS)

clean:
	rm -rf $(VENV) build *.egg-info .pytest_cache .mypy_cache .ruff_cache test-output
