.PHONY: build release

build:
	swift build

# One self-contained binary, .build-release/release/laseros; DYNAMIC=1 links the C libraries shared, into .build-shared.
# The search path finds the archive of the C++ library before its shared twin; without the local rpath, libraries are not looked for beside the binary.
RELEASE = swift build -c release --product laseros --static-swift-stdlib --disable-local-rpath -Xlinker -s

release:
ifdef DYNAMIC
	$(RELEASE) --scratch-path .build-shared
	ls -l .build-shared/release/laseros && ldd .build-shared/release/laseros
else
	mkdir -p .build-release/archives
	ln -sf "$$(clang -print-file-name=libstdc++.a)" .build-release/archives/libstdc++.a
	LASEROS_STATIC=1 $(RELEASE) --scratch-path .build-release -Xlinker -L.build-release/archives
	ls -l .build-release/release/laseros && ldd .build-release/release/laseros
endif
