// swift-tools-version:6.2
import PackageDescription

/// `LASEROS_STATIC=1` links the C libraries from their archives; see `make release`.
let archived = Context.environment["LASEROS_STATIC"] == "1"

/// The archives of the self-contained binary, in one group because they depend on each other.
let archives = [
    "sqlite3", "cairo", "pixman-1", "fontconfig", "freetype", "png16", "expat", "brotlidec", "brotlicommon", "ssl", "crypto",
    "X11", "Xrender", "Xext", "xcb-shm", "xcb-render", "xcb", "Xau", "Xdmcp", "z",
]

let linking: [LinkerSetting] =
    archived
    ? [
        .unsafeFlags(
            (["--start-group"] + archives.map { "-l:lib\($0).a" } + ["--end-group", "--as-needed", "--gc-sections"])
                .flatMap { ["-Xlinker", $0] } + ["-Xclang-linker", "-no-pie", "-Xclang-linker", "-static-libgcc", "-lm"])
    ]
    : ["sqlite3", "cairo", "freetype", "fontconfig", "expat", "crypto", "m"].map { .linkedLibrary($0) }

let package = Package(
    name: "laseros",
    targets: [
        .systemLibrary(name: "CSQLite"),
        .systemLibrary(name: "COpenSSL"),
        .systemLibrary(name: "CCairo"),
        .systemLibrary(name: "CExpat"),
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
        .target(name: "Documents", dependencies: ["Values", "Drawings", "CCairo", "CFont"]),
        .target(name: "Shop", dependencies: ["Values", "Security", "Store", "Drawings", "Documents", "CMigrations"]),
        .target(name: "Commands", dependencies: ["Values", "Console", "Shop", "Drawings", "Documents", "Store", "CExamples"]),
        .executableTarget(
            name: "laseros", dependencies: ["Values", "Console", "Store", "Commands", "CArguments"], linkerSettings: linking),
        .testTarget(name: "ConsoleTests", dependencies: ["Console", "Values"]),
        .testTarget(name: "DrawingsTests", dependencies: ["Drawings", "Values"], linkerSettings: linking),
        .testTarget(name: "DocumentsTests", dependencies: ["Documents", "Drawings", "Values"], linkerSettings: linking),
        .testTarget(
            name: "LaserosTests", dependencies: ["Commands", "Console", "Shop", "Store", "Values", "CSQLite"], linkerSettings: linking),
    ],
    swiftLanguageModes: [.v6],
    cLanguageStandard: .c2x
)
