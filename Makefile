# Two commands for a fresh machine with the Swift toolchain: `make run` and `make test`.
# run, bench and chaos use the release build; test and check the debug build.

SWIFT_BUILD = swift build
PDFIUM = .deps/pdfium/libpdfium.so
KILLS ?= 500
SEED ?= 1

# Planning a build costs the package manager some ten seconds even when there is nothing to do; make sees that in milliseconds.
SOURCES := Package.swift $(shell find Sources Benchmarks -type f)
BUILT = .build/release.stamp

.PHONY: run release debug test check format deps test-deps bench chaos clean

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
	@swift test --skip-build

check: test-deps
	@swift format lint --strict --recursive --parallel Package.swift Sources Tests Benchmarks
	@$(MAKE) --no-print-directory test

format:
	@swift format --in-place --recursive --parallel Package.swift Sources Tests Benchmarks

deps:
	@scripts/install-deps build
	@scripts/fetch-pdfium

test-deps: deps
	@scripts/install-deps test

bench: release
	@.build/release/colophon-bench $(ARGS)

chaos: release
	@.build/release/colophon-chaos --kills $(KILLS) --seed $(SEED) $(ARGS)

clean:
	rm -rf .build .deps
