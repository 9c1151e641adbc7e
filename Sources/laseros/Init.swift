import Console
import Glibc
import Shop
import Store
import Values

private let folder = Maybe<Line>(
    "DIR", "the folder; that of --shop or LASEROS_SHOP, else the working directory, where none is named", from: .files)
private let demo = Flag("--demo", "with clients, prices, drawings, quotes and invoices, to try things in")

let initCommands: [Command] = [
    Command(
        "init", "Make a shop", kind: .free, [folder, demo],
        about: """
            A shop is a folder that holds `laseros.db`, `files/` and `backups/`. Commands find it by `--shop`, by `LASEROS_SHOP`, as the
            nearest folder above the working directory that holds one, by `shop` in your own file, or in `$XDG_DATA_HOME/laseros`.
            """,
        examples: ["laseros init new-shop", "laseros init --demo trial"], makesFiles: true
    ) { call, answer in
        let said = call[folder]?.text ?? call.text(Standard.shop.spec.name) ?? call.world.environment["LASEROS_SHOP"] ?? "."
        let path = call.world.path(said)
        umask(0o077)
        var new: [String] = []
        do {
            for name in ["", "/files", "/backups"] {
                if mkdir(path + name, 0o700) == 0 {
                    new.append(path + name)
                } else if errno != EEXIST {
                    throw Failure(.outside, "cannot make the folder \(said)\(name): \(String(cString: strerror(errno)))")
                }
            }
            for folder in [path + "/..", path] { try File.sync(folder: folder) }
            try Shop.found(in: path, clock: call.world.clock, who: call.world.user, nouns: nouns) { folder in
                if call[demo] { try Demo.fill(folder, call) }
            }
        } catch {
            // What holds anything stays.
            for folder in new.reversed() { rmdir(folder) }
            throw error
        }
        let made = "made a \(call[demo] ? "demo shop" : "shop") in \(said)"
        answer.stored = made
        try answer.put(.done(made))
    }
]
