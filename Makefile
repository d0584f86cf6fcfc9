# The two commands of the README are `make demo` and `make test`; the rest serves those who build.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
RELEASE := .build/release/laurel
# Servers inside the tests' process share its few threads, and would wait for every test that computes.
SERVED := ServerTests|RemoteTests
SWIFT_BUILD := swift build --explicit-target-dependency-import-check error

.PHONY: demo test setup lint build release bench sanitize torture schemathesis shell dist dist-check
.PHONY: format items clean

demo: setup release
	$(RELEASE) demo --into demo

# Style, walls between rooms, warnings as errors (set in Package.swift), then every test.
test: setup lint
	Tools/venv.sh
	$(SWIFT_BUILD) --build-tests
	swift test --skip-build --skip '$(SERVED)'
	swift test --skip-build --filter '$(SERVED)'

setup:
	@Tools/setup.sh

lint:
	swift format lint --strict --parallel --recursive Package.swift Sources Tests Benchmarks
	/usr/bin/python3 Tools/check_schema.py

format:
	swift format format --in-place --parallel --recursive Package.swift Sources Tests Benchmarks

build:
	$(SWIFT_BUILD)

release:
	$(SWIFT_BUILD) -c release --product laurel

bench: setup release
	Benchmarks/run.sh

sanitize: setup
	swift test --sanitize=thread --scratch-path .build-tsan --skip '$(SERVED)'
	swift test --sanitize=thread --scratch-path .build-tsan --filter '$(SERVED)' --no-parallel
	ASAN_OPTIONS=detect_leaks=0 \
	  swift test --sanitize=address --scratch-path .build-asan --skip '$(SERVED)'
	ASAN_OPTIONS=detect_leaks=0 \
	  swift test --sanitize=address --scratch-path .build-asan --filter '$(SERVED)' --no-parallel

torture: setup
	Benchmarks/torture.sh

# A running server against its own OpenAPI document.
schemathesis: setup release
	Benchmarks/schemathesis.sh

# Completions and man pages, made from the program itself.
shell: setup release
	Tools/shell.sh shell

# A .deb, a tarball, hashes: for machines without Swift. In a scratch folder of its own, since Swift
# is linked in.
dist: setup
	Tools/setup_dist.sh
	Tools/dist.sh

# Installs it on a Debian that is booted for this, and types Documentation/deployment.md there.
dist-check: dist
	Tools/dist_check.sh

# The catalogue's page; a test says whether it is current.
items: build
	.build/debug/laurel items --page --out Documentation/items.md

clean:
	rm -rf .build .build-tsan .build-asan .build-dist demo shell dist
