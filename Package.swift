// swift-tools-version:6.2
import PackageDescription

/// `LASEROS_STATIC=1` links the C libraries from their archives; see `make release`.
let archived = Context.environment["LASEROS_STATIC"] == "1"

/// libarchive and what it needs to read and write zip, tar and gzip. They are always linked from their archives: the shared library also
/// needs libxml2 and ICU, with which every command would start 1.7 ms later. Its writers name each other; without the one for xar, which is
/// not used, neither is needed.
let libarchive = ["archive", "nettle", "lzma", "bz2", "zstd"]

/// The archives of the self-contained binary, in one group because they depend on each other.
let archives =
    libarchive + [
        "sqlite3", "cairo", "pixman-1", "fontconfig", "freetype", "png16", "expat", "brotlidec", "brotlicommon", "ssl", "crypto",
        "qrcodegen", "X11", "Xrender", "Xext", "xcb-shm", "xcb-render", "xcb", "Xau", "Xdmcp", "z",
    ]

func group(_ names: [String]) -> [String] {
    (["--defsym=archive_write_set_format_xar=0", "--start-group"] + names.map { "-l:lib\($0).a" } + ["--end-group"])
        .flatMap { ["-Xlinker", $0] }
}

let linking: [LinkerSetting] =
    archived
    ? [
        .unsafeFlags(
            group(archives) + ["-Xlinker", "--as-needed", "-Xlinker", "--gc-sections"]
                + ["-Xclang-linker", "-no-pie", "-Xclang-linker", "-static-libgcc", "-lm"])
    ]
    : [.unsafeFlags(group(libarchive))]
        + ["sqlite3", "cairo", "freetype", "fontconfig", "expat", "qrcodegen", "crypto", "z", "m"].map { .linkedLibrary($0) }

let package = Package(
    name: "laseros",
    targets: [
        .systemLibrary(name: "CSQLite"),
        .systemLibrary(name: "COpenSSL"),
        .systemLibrary(name: "CCairo"),
        .systemLibrary(name: "CExpat"),
        .systemLibrary(name: "CQRCode"),
        .systemLibrary(name: "CArchive"),
        // FreeType has its own include directory, which only this target needs.
        .target(
            name: "CFont", exclude: ["DejaVuSans.ttf", "DejaVuSans-Bold.ttf", "LICENCE.txt"],
            cSettings: [.unsafeFlags(["-I/usr/include/freetype2"])]),
        .target(name: "CMigrations", path: "migrations", exclude: []),
        .target(name: "CExamples"),
        .target(name: "CArguments"),
        .target(name: "Values"),
        .target(name: "Security", dependencies: ["Values", "COpenSSL"]),
        .target(name: "Store", dependencies: ["Values", "Security", "CSQLite"]),
        .target(name: "Console", dependencies: ["Values"]),
        .target(name: "Drawings", dependencies: ["Values", "CExpat"]),
        .target(name: "Documents", dependencies: ["Values", "Drawings", "CCairo", "CFont", "CQRCode"]),
        .target(name: "Archives", dependencies: ["Values", "CArchive"]),
        .target(name: "Shop", dependencies: ["Values", "Security", "Store", "Drawings", "Documents", "Archives", "CMigrations"]),
        .target(
            name: "Commands",
            dependencies: ["Values", "Console", "Security", "Shop", "Drawings", "Documents", "Archives", "Store", "CExamples"]),
        .executableTarget(
            name: "laseros", dependencies: ["Values", "Console", "Store", "Commands", "CArguments"], linkerSettings: linking),
        .testTarget(name: "SecurityTests", dependencies: ["Security", "Values"], linkerSettings: linking),
        .testTarget(name: "ConsoleTests", dependencies: ["Console", "Values"]),
        .testTarget(name: "DrawingsTests", dependencies: ["Drawings", "Values"], linkerSettings: linking),
        .testTarget(name: "DocumentsTests", dependencies: ["Documents", "Drawings", "Values"], linkerSettings: linking),
        .testTarget(name: "ArchivesTests", dependencies: ["Archives", "Values"], linkerSettings: linking),
        .testTarget(
            name: "LaserosTests", dependencies: ["Commands", "Console", "Shop", "Store", "Values", "CSQLite"], linkerSettings: linking),
    ],
    swiftLanguageModes: [.v6],
    cLanguageStandard: .c2x
)
