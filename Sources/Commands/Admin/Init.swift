import Console
import Glibc
import Shop
import Store
import Values

private let folder = Maybe<Line>(
    "DIR", "the folder; that of --shop or LASEROS_SHOP, else the working directory, where none is named", from: .files)
private let demo = Flag("--demo", "with sample clients, prices, drawings, quotes and invoices")
private let shared = Option<Sharing>("--shared WITH", "who may write: the owner, or everybody in the folder's group")

let initCommands: [Command] = [
    Command(
        "init", "Make a shop", kind: .free, permission: .open, [folder, demo, shared],
        about: """
            A shop is a folder that holds `laseros.db`, `files/` and `backups/`. Commands look for it in this order: `--shop`,
            `LASEROS_SHOP`, the working directory and the folders above it, `shop` in your own file, `$XDG_DATA_HOME/laseros`.

            A shop that is named by `--shop`, `LASEROS_SHOP` or your own file is opened whoever owns it. One that is only found
            must belong to you, to root, or to the user who called sudo, and nobody else may have write permission; others are
            refused until they are named, or listed in `safe_shops` in your own file. A shop that everybody may write is always
            refused, and so is a database behind a symbolic link or in WAL mode.

            `--shared group` gives the folder and everything in it, now and later, to its group (modes 2770 and 660).
            """,
        examples: ["laseros init new-shop", "laseros init --demo trial", "laseros init --shared group our-shop"], makesFiles: true
    ) { call, answer in
        let said = call[folder]?.text ?? call.text(Standard.shop.spec.name) ?? call.environment.variables["LASEROS_SHOP"] ?? "."
        umask(0o077)
        let path = try makeShopFolder(said, call[shared] ?? .owner, in: call.environment) { path in
            try Shop.create(in: path, clock: call.environment.clock, who: call.environment.user, nouns: .ofTable) { folder in
                if call[demo] { try Demo.fill(folder, call) }
            }
        }
        let isOpened = ShopPlace(folder: path, isNamed: false).refusal(in: call.environment)
        let notes = isOpened.map { [$0.message] + ($0.hint.map { ["hint: \($0)"] } ?? []) } ?? []
        let sentence = "made a \(call[demo] ? "demo shop" : "shop") in \(said)"
        answer.stored = sentence
        let next =
            call[demo]
            ? "laseros quote list shows what is in it" : "laseros doctor tells what is still to be set"
        try answer.put(.done(sentence).noting(notes + (isOpened == nil ? ["next: \(next)"] : [])))
    }
]

/// Creates the folders of a shop, where they are missing, and fills them. On failure it removes those that it created.
/// - Parameters:
///   - isNew: whether there may be no shop yet.
///   - keeps: false to remove the folders in any case.
/// - Returns: the shop's folder as a real path.
func makeShopFolder(
    _ said: String, _ sharing: Sharing, in environment: Environment, isNew: Bool = true, keeps: Bool = true,
    _ fill: (String) throws -> Void
) throws -> String {
    var new: [String] = []
    func make(_ path: String, _ name: String, _ sharing: Sharing) throws {
        let isNew = File.kind(of: path) == nil
        guard sharing.makeFolder(path) else {
            throw Failure(.outside, .initialize, "cannot make the folder \(said)\(name): \(String(cString: strerror(errno)))")
        }
        if isNew { new.append(path) }
    }
    do {
        let named = environment.path(said)
        try make(named, "", .owner)
        let path = try realFolder(named)
        if let refusal = ShopPlace(folder: path, isNamed: true).refusal(in: environment) { throw refusal }
        if isNew { try demandNoOther(in: path, sharing) }
        for name in ["", "/files", "/backups"] { try make(path + name, name, sharing) }
        guard sharing == .owner || Sharing(of: path) == .group else {
            throw Failure(
                .outside, .initialize, "cannot share the folder \(said): you do not own it, or are not in its group",
                hint: "chgrp GROUP \(said)")
        }
        for folder in [path + "/..", path] { try File.sync(folder: folder) }
        try fill(path)
        if !keeps { for folder in new.reversed() { rmdir(folder) } }
        return path
    } catch {
        // A folder that is not empty stays.
        for folder in new.reversed() { rmdir(folder) }
        throw error
    }
}

/// Refuses to change an existing shop, or who may write to it.
private func demandNoOther(in path: String, _ sharing: Sharing) throws {
    let data = path + "/" + Shop.fileName
    if sharing == .group, File.size(of: data) > 0 { throw Failure(.refused, .initialize, "there is a shop already: \(data)") }
}
