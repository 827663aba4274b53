# One word for each thing a user or a machine does here. `make help` lists them.

SHELL := bash
SIZE ?= small
# Passed on by the bench targets, such as OPTIONS='--sets dev --repeats 3'.
OPTIONS ?=
# For each target of the fuzzers.
FUZZ_SECONDS ?= 60

# Tests run in release with @testable imports. They keep a build folder of their own, because the
# flag changes every object and a shared folder would be rebuilt at each turn.
TEST_BUILD := .build/testing
TEST_FLAGS := -c release --scratch-path $(TEST_BUILD) -Xswiftc -enable-testing

# The commit that manifests and `quant --version` name; only a C file of ten lines depends on it.
export QUANT_COMMIT ?= $(or $(shell git describe --always --abbrev=12 --exclude='*' \
	--dirty=+dirty 2>/dev/null),unknown)

.DEFAULT_GOAL := help
.PHONY: help demo build test test-build docs-check embedding lint format docs test-oracles test-long \
	bench bench-core bench-boosting bench-quality bench-floor clean

help: ## list the targets
	@printf 'Targets (make <target>):\n'
	@sed -nE 's/^([a-z-]+):[^#]*## (.*)/  \1\t\2/p' Makefile | expand -t 18
	@printf '\nNot there yet: test-cluster (Slurm).\n'

demo: ## generate data, compile it, train one quarter; SIZE=small (default) or full
	@Scripts/set-up build
	@Scripts/demo $(SIZE)

build: ## build the release command into .build/release/quant
	@Scripts/set-up build
	Scripts/build

test: test-build ## all tests, in release: embedding, documentation, then the suites
	@Tests/Embedding/run
	@Scripts/check-docs --program $(TEST_BUILD)/release/quant
	swift test --skip-build $(TEST_FLAGS) --disable-xctest

test-build:
	@Scripts/set-up build scripts
	swift build --build-tests $(TEST_FLAGS)

docs-check: test-build ## run the commands that README and guides quote and compare their output
	@Scripts/check-docs --program $(TEST_BUILD)/release/quant

embedding: ## build a separate package that depends on this one by a git tag, and run it
	@Scripts/set-up build scripts
	@Tests/Embedding/run

lint: ## check format and what a script can check of the architecture
	@Scripts/set-up build scripts
	swift format lint --strict -r Sources Tests Examples Package.swift
	@python3 Scripts/lint --self-test
	@python3 Scripts/lint
	swift build --target QuantLearners $(TEST_FLAGS)
	@python3 Scripts/lint/objects.py $(TEST_BUILD)/release

format: ## rewrite the sources in the project's format
	swift format -i -r Sources Tests Examples Package.swift

docs: ## build the DocC pages of every library into docs-html/
	@Scripts/set-up build scripts
	@Scripts/build-docs

test-oracles: ## compare with NumPy, SciPy, scikit-learn, pandas, polars, DuckDB (needs PyPI)
	@Scripts/set-up build oracles
	Scripts/build
	swift build -c release --package-path Tests/Models
	@Scripts/oracles/run

bench: ## measure what a user waits for, on demonstration data (SIZE=small or full)
	@Scripts/set-up build scripts
	Scripts/build
	@Benchmarks/stages.py --program .build/release/quant --size $(SIZE) --build

bench-core: ## reading tables and measuring ranks beside polars, scikit-learn, SciPy (needs PyPI; minutes)
	@Scripts/set-up build benchmarks
	swift build -c release --package-path Benchmarks
	@Benchmarks/environment Benchmarks/core.py $(OPTIONS)

bench-boosting: ## boosted trees beside five libraries: speed and memory (needs PyPI; hours)
	@Scripts/set-up build benchmarks
	Scripts/build
	@Benchmarks/boosting speed .build/release/quant $(OPTIONS)

bench-quality: ## boosted trees beside LightGBM: accuracy over seeds (needs PyPI; hours)
	@Scripts/set-up build benchmarks
	Scripts/build
	@Benchmarks/boosting quality .build/release/quant $(OPTIONS)

bench-floor: ## how far a fit is from what the machine can do (needs PyPI for NumPy; minutes)
	@Scripts/set-up build benchmarks
	Scripts/build
	@Benchmarks/boosting floor .build/release/quant $(OPTIONS)

test-long: ## kills, faults, crowds, every flipped bit, fuzzing, other processors (an hour)
	@Scripts/set-up build scripts long
	Scripts/build
	@Tests/Long/damage.py .build/release/quant
	@Tests/Long/cache.py .build/release/quant
	@Tests/Long/faults.py .build/release/quant
	@Tests/Long/audit .build/release/quant
	swift build --build-tests $(TEST_FLAGS)
	@QUANT_ALL_FLIPS=1 swift test --skip-build $(TEST_FLAGS) --disable-xctest --filter BitFlipTests
	@swift test --skip-build $(TEST_FLAGS) --disable-xctest --filter 'CompletionTests|ManualPageTests'
	@Tests/Fuzz/formats $(FUZZ_SECONDS)
	Scripts/build --scratch-path .build/v3 -Xcc -march=x86-64-v3
	@Tests/Long/exactness.py .build/release/quant --other .build/v3/release/quant
	swift build -c release --package-path Tests/Models
	@Tests/Long/models.py Tests/Models/.build/release/boosting-models
	@Tests/Long/predictions

clean: ## remove build folders and demonstration data
	rm -rf .build demo docs-html
