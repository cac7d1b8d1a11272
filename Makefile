# Cellscope. Every target first installs what it needs and is missing; see .make/ for how.
PORT ?= 8080
export PORT

.PHONY: help serve build test lint bench clean setup
.DEFAULT_GOAL := help

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-7s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))
	@echo "  Variables: PORT=$(PORT) for serve; CHROME and CHROMEDRIVER name a browser and its driver for test."

serve: ## Build, serve at http://localhost:8080/ (PORT=…), rebuild on change
	@.make/serve

build: ## Write the static site to dist/
	@.make/build

test: ## Run all tests, native and in headless Chrome
	@.make/test

lint: ## Check formatting and run clippy
	@.make/lint

bench: ## Run the benches
	@.make/bench

setup: ## Only install what the other targets need
	@.make/setup

clean: ## Remove what was built (installed tools stay in the cache)
	rm -rf target dist www/node_modules
