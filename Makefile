# Two commands for a fresh machine with the Swift toolchain: `make run` and `make test`.
# run, bench, chaos and sim use the release build; test and check the debug build.

SWIFT_BUILD = swift build
PDFIUM = .deps/pdfium/libpdfium.so
# What `make chaos` does in full; it takes some three hours. A part of each is in `make test`.
KILLS ?= 2500
RESTARTS ?= 50
STALE ?= 10000
DISKS ?= 100
CUTS ?= 20
CANCELS ?= 500
CHANGES ?= 1000000
FEED_KILLS ?= 20
SEED ?= 1
SEEDS ?= 10000
FIRST ?= 1
# In the debug build, which check has anyway: building the release one costs more than these seeds.
CHECK_SEEDS ?= 300

# All tests at once would starve each other on two cores.
TESTS = .build/debug/colophonPackageTests.xctest --testing-library swift-testing --experimental-maximum-parallelization-width 6

CHAOS = .build/release/colophon-chaos
BENCH = .build/release/colophon-bench

# Planning a build costs the package manager some ten seconds even when there is nothing to do; make sees that in milliseconds.
SOURCES := Package.swift $(wildcard Package.resolved) $(shell find Sources Benchmarks -type f)
BUILT = .build/release.stamp

.PHONY: run release debug test check format deps test-deps bench chaos sim clean

run: release
	@exec .build/release/colophon serve $(ARGS)

release: deps $(BUILT)

$(BUILT): $(SOURCES) | deps
	@$(SWIFT_BUILD) -c release
	@ln -sf "$(CURDIR)/$(PDFIUM)" .build/release/libpdfium.so
	@touch $@

debug: deps
	@$(SWIFT_BUILD) --build-tests
	@ln -sf "$(CURDIR)/$(PDFIUM)" .build/debug/libpdfium.so

test: test-deps debug
	@scripts/run-tests $(TESTS)

check: test-deps
	@swift format lint --strict --recursive --parallel Package.swift Sources Tests Benchmarks
	@$(MAKE) --no-print-directory test
	@.build/debug/colophon-sim --first 1001 --seeds $(CHECK_SEEDS)

format:
	@swift format --in-place --recursive --parallel Package.swift Sources Tests Benchmarks

deps:
	@scripts/install-deps build
	@scripts/fetch-pdfium

test-deps: deps
	@scripts/install-deps test

bench: release
	@scripts/install-peers
	@$(BENCH) $(ARGS)

chaos: release
	@$(CHAOS) stale --cases $(STALE) --seed $(SEED)
	@$(CHAOS) stale --cases $(STALE) --seed $(SEED) --postgres
	@$(CHAOS) hosts --rounds $(CUTS) --seed $(SEED) || [ $$? = 77 ]
	@$(CHAOS) disk --cases $(DISKS) --seed $(SEED) || [ $$? = 77 ]
	@$(CHAOS) feed --changes $(CHANGES) --kills $(FEED_KILLS) --hold-share 100 --seed $(SEED) --settle 300 --postgres
	@$(CHAOS) feed --changes $$(($(CHANGES) / 10)) --kills $(FEED_KILLS) --processes 2 --seed $(SEED) --settle 300
	@$(BENCH) stream stop --streams 5000
	@$(BENCH) takeover --most 5000
	@$(BENCH) takeover --most 5000 --engine postgres
	@$(BENCH) cancel --cancels $(CANCELS) --seed $(SEED) --p99-max 2000
	@$(BENCH) cancel --cancels $(CANCELS) --seed $(SEED) --p99-max 2000 --engine postgres
	@$(CHAOS) kills --kills $(KILLS) --documents $$(($(KILLS) * 2 / 5)) --seed $(SEED) $(ARGS)
	@$(CHAOS) kills --kills $(KILLS) --documents $$(($(KILLS) * 2 / 5)) --seed $(SEED) --postgres --database-kills $(RESTARTS) $(ARGS)

# One product alone: it needs a third of what the whole release build does.
sim: deps
	@$(SWIFT_BUILD) -c release --product colophon-sim
	@.build/release/colophon-sim --first $(FIRST) --seeds $(SEEDS) $(ARGS)

clean:
	rm -rf .build .deps
