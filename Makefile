.PHONY: setup build release test sweep fuzz mutants lint coverage demo docs transcripts bench install clean

# Uses the Swift on PATH, or else the one where its archive is usually unpacked.
export PATH := $(PATH):/opt/swift/usr/bin

# The Debian 12 packages needed besides Swift: the C libraries, those that the static libraries of
# cairo and libarchive need, and the programs that tests use.
LIBRARIES = libsqlite3-dev libssl-dev libcairo2-dev libfreetype-dev libfontconfig-dev libexpat1-dev libbrotli-dev libxau-dev libxdmcp-dev zlib1g-dev \
	libarchive-dev nettle-dev liblzma-dev libbz2-dev libzstd-dev libqrcodegen-dev
# Tests also use icalendar from PyPI, which `make setup` installs in .venv.
PARTNERS = sqlite3 poppler-utils mandoc shellcheck python3 python3-venv bash zsh fish time tzdata procps jq libreoffice-calc-nogui \
	strace faketime util-linux libarchive-tools unzip zbar-tools restic python3-cryptography zstd age
BINARY = .build-release/release/laseros

setup:
	@missing=; for package in $(LIBRARIES) $(PARTNERS); do \
		dpkg-query -W -f '$${db:Status-Status}' $$package 2>/dev/null | grep -qx installed || missing="$$missing $$package"; \
	done; \
	test -n "$$missing" || exit 0; \
	if test -t 0; then printf 'install%s? [Y/n] ' "$$missing"; read -r answer; case $$answer in [nN]*) exit 1;; esac; fi; \
	as=; test "$$(id -u)" = 0 || as=sudo; \
	$$as apt-get update && $$as env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $$missing
	@test -x .venv/bin/python || python3 -m venv .venv
	@.venv/bin/python -c 'import icalendar' 2>/dev/null || .venv/bin/python -m pip install --quiet icalendar

build:
	swift build

# A single self-contained binary, .build-release/release/laseros; DYNAMIC=1 links the C libraries dynamically, into .build-shared. The
# search path selects the static library of the C++ runtime before the shared one, and without the local rpath no libraries are searched for
# next to the binary. The last option makes the compiler call a function to get a generic type, instead of a name that the runtime would
# look up among all conformances, which took a seventh of the time of a short command.
RELEASE = swift build -c release --product laseros --static-swift-stdlib --disable-local-rpath -Xlinker -s \
	-Xswiftc -Xfrontend -Xswiftc -disable-concrete-type-metadata-mangled-name-accessors

release:
ifdef DYNAMIC
	$(RELEASE) --scratch-path .build-shared
	ls -l .build-shared/release/laseros && ldd .build-shared/release/laseros
else
	mkdir -p .build-release/archives
	ln -sf "$$(clang -print-file-name=libstdc++.a)" .build-release/archives/libstdc++.a
	LASEROS_STATIC=1 $(RELEASE) --scratch-path .build-release -Xlinker -L.build-release/archives
	ls -l $(BINARY) && ldd $(BINARY)
endif

# All checks: style, unit tests with coverage, and the release binary under difficult conditions.
test: setup
	Tests/run.sh

# Every fault at every point of every command, of which `make test` tries a few. UPDATE=1 writes the counts into docs/promises.md.
sweep: setup release
	Tests/sweep/run.py $(BINARY)

# Runs the three readers under libFuzzer with AddressSanitizer, 60 s each; MINUTES=60 for an hour each.
MINUTES = 1

fuzz:
	Fuzz/build.sh
	for name in ascii binary lbrn; do Fuzz/run.sh $$name $$(($(MINUTES) * 60)) || exit 1; done

# Builds all faults of Tests/mutants.txt at once, in a copy of the tree (.build-mutants), and runs the tests with one at a time: they must
# detect 95 %. ONLY='3 17' tries these. Every issue adds ten for what it builds. Tests that `make transcripts` rewrites do not count.
mutants: setup
	Tests/mutants.py $(ONLY)

lint:
	swift format lint --strict --recursive --parallel Package.swift Sources Tests Fuzz
	shellcheck -x .ci/run $$(find Tests Benchmarks Fuzz examples -name '*.sh')

# The unit tests, with the share of the lines in Sources that they execute; fails below 80 %.
coverage:
	Tests/coverage.sh

demo: setup release
	examples/demo.sh $(BINARY)

# Writes manual pages, completions and the reference from the command table.
docs:
	swift build --product laseros
	Tests/docs.sh .build/debug/laseros

# Writes the current answers into Tests/transcripts; the diff is for review.
transcripts:
	swift build --build-tests
	UPDATE=1 swift test --skip-build --filter 'TranscriptTests|ReadmeTests|FailureTests|GoldenTests'

# OLD=BINARY also compares short commands with an older binary.
bench: setup release
	Benchmarks/run.sh $(BINARY) $(OLD)

PREFIX = /usr/local
SHARE = $(DESTDIR)$(PREFIX)/share

$(BINARY):
	$(MAKE) release

install: $(BINARY)
	install -D -m 755 $(BINARY) $(DESTDIR)$(PREFIX)/bin/laseros
	install -d $(SHARE)/man/man1 && install -m 644 man/*.1 $(SHARE)/man/man1
	install -D -m 644 completions/laseros.bash $(SHARE)/bash-completion/completions/laseros
	install -D -m 644 completions/laseros.zsh $(SHARE)/zsh/site-functions/_laseros
	install -D -m 644 completions/laseros.fish $(SHARE)/fish/vendor_completions.d/laseros.fish

clean:
	rm -rf .build .build-* .venv
