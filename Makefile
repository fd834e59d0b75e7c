# Everything here sets up what it needs; nothing outside the repository is changed, but by `scripts/engine up`, which says so.
SHELL := bash
.DEFAULT_GOAL := help
VENV := .venv/bin
SOURCES := bakectl tests benchmarks scripts/enginelib scripts/engine scripts/docslib

export PYTHON ?=

.PHONY: help bake test check lint format reference docs fuzz bench clean

help: ## Show this list.
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 12

bake: ## Build the repository's own images for three platforms, in a real Docker Engine.
	@scripts/bake

test: ## Run all tests: our own, against buildx, and with a real Docker Engine.
	@scripts/test

check: lint ## Run what must pass before a push: format, lint, types, and all tests without an engine.
	@$(VENV)/python -m pytest -q -n 2 --ignore=tests/engine

lint: ## Look at format, lint and types, and change nothing.
	@scripts/venv dev
	@$(VENV)/ruff format --check $(SOURCES)
	@$(VENV)/ruff check $(SOURCES)
	@$(VENV)/mypy

format: ## Format the code and mend what ruff can mend.
	@scripts/venv dev
	@$(VENV)/ruff format $(SOURCES)
	@$(VENV)/ruff check --fix $(SOURCES)

reference: ## Write the pages of docs/ and man/ that are made from tables.
	@scripts/venv test
	@$(VENV)/python scripts/docslib
	@$(VENV)/python tests/lint/rules_page.py

docs: ## Build the site in build/site; any warning is an error.
	@scripts/venv docs
	@NO_MKDOCS_2_WARNING=1 $(VENV)/python -m mkdocs build --strict

fuzz: ## Compare 20000 random bake files and 5000 with mistakes with buildx, and read all mistakes; COUNT and SEED for others.
	@scripts/venv test
	@BAKECTL_BUILDX=$$(scripts/engine buildx) $(VENV)/python tests/fuzz/run.py $(or $(COUNT),20000) $(or $(SEED),0)
	@BAKECTL_BUILDX=$$(scripts/engine buildx) $(VENV)/python tests/fuzz/mutations.py $(or $(COUNT),5000) $(or $(SEED),0)
	@$(VENV)/python tests/fuzz/mutations.py 0
	@BAKECTL_STEP=1 BAKECTL_KILLS=500 $(VENV)/python -m pytest -q tests/editing tests/rewrite

bench: ## Measure against docker buildx bake --print and the import of click.
	@scripts/venv test
	@$(VENV)/python benchmarks/startup.py
	@$(VENV)/python benchmarks/print.py
	@$(VENV)/python benchmarks/parse.py
	@$(VENV)/python benchmarks/fmt.py
	@$(VENV)/python benchmarks/edit.py
	@$(VENV)/python benchmarks/progress.py
	@$(VENV)/python benchmarks/verify.py

clean: ## Remove the environment and all caches; the engine goes with scripts/engine down --purge.
	rm -rf .venv build dist .pytest_cache .ruff_cache .mypy_cache .hypothesis
	find bakectl tests benchmarks scripts -name __pycache__ -type d -prune -exec rm -rf {} +
