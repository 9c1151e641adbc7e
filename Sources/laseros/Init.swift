import Console
import Glibc
import Shop
import Store
import Values

private let folder = Maybe<Line>(
    "DIR", "the folder; that of --shop or LASEROS_SHOP, else the working directory, where none is named", from: .files)
private let demo = Flag("--demo", "with clients, prices, drawings, quotes and invoices, to try things in")

let initCommands: [Command] = [
    .free(
        "init", "Make a shop", [folder, demo],
        about: """
            A shop is a folder that holds `laseros.db`, `files/` and `backups/`. Commands find it by `--shop`, by `LASEROS_SHOP`, as the
            nearest folder above the working directory that holds one, by `shop` in your own file, or in `$XDG_DATA_HOME/laseros`.
            """,
        examples: ["laseros init new-shop", "laseros init --demo trial"], makesFiles: true
    ) { call in
        let said = call[folder]?.text ?? call.text(Standard.shop.spec.name) ?? call.world.environment["LASEROS_SHOP"] ?? "."
        let path = call.world.path(said)
        for name in ["", "/files", "/backups"] {
            guard mkdir(path + name, 0o700) == 0 || errno == EEXIST else {
                throw Failure(.outside, "cannot make the folder \(said)\(name): \(String(cString: strerror(errno)))")
            }
        }
        umask(0o077)
        try Shop(path, .creating, clock: call.world.clock, who: call.world.user, nouns: nouns).found()
        if call[demo] { try Demo.fill(path, call) }
        return .done("made a \(call[demo] ? "demo shop" : "shop") in \(said)")
    }
]
