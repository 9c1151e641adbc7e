import Console
import Glibc
import Shop
import Store
import Values

private let folder = Maybe<Line>(
    "DIR", "the folder; that of --shop or LASEROS_SHOP, else the working directory, where none is named", from: .files)
private let demo = Flag("--demo", "with clients, prices, drawings, quotes and invoices, to try things in")
private let shared = Option<Sharing>("--shared WITH", "who writes it: you as its owner, or everybody in the folder's group")

let initCommands: [Command] = [
    Command(
        "init", "Make a shop", kind: .free, [folder, demo, shared],
        about: """
            A shop is a folder that holds `laseros.db`, `files/` and `backups/`. Commands find it by `--shop`, by `LASEROS_SHOP`, as the
            nearest folder above the working directory that holds one, by `shop` in your own file, or in `$XDG_DATA_HOME/laseros`.

            One that is named by `--shop`, `LASEROS_SHOP` or your own file is opened whoever made it. One that is only found has to belong
            to you, to root, or to who called sudo, and nobody else may write it; others are refused until they are named, or listed in
            `safe_shops` in your own file. One that everybody may write is always refused, and so is a database behind a symbolic link, or
            in WAL mode.

            `--shared group` makes the folder and all in it for its group (modes 2770 and 660), as what comes into it later will be.
            """,
        examples: ["laseros init new-shop", "laseros init --demo trial", "laseros init --shared group our-shop"], makesFiles: true
    ) { call, answer in
        let said = call[folder]?.text ?? call.text(Standard.shop.spec.name) ?? call.world.environment["LASEROS_SHOP"] ?? "."
        umask(0o077)
        let path = try make(said, call[shared] ?? .owner, in: call.world) { path in
            try Shop.found(in: path, clock: call.world.clock, who: call.world.user, nouns: nouns) { folder in
                if call[demo] { try Demo.fill(folder, call) }
            }
        }
        let isOpened = ShopPlace(folder: path, isNamed: false).refusal(in: call.world)
        let notes = isOpened.map { [$0.message] + ($0.hint.map { ["hint: \($0)"] } ?? []) } ?? []
        let sentence = "made a \(call[demo] ? "demo shop" : "shop") in \(said)"
        answer.stored = sentence
        let next =
            call[demo]
            ? "laseros quote list shows what is in it" : "laseros config edit: letterhead, VAT and prices; then laseros client add"
        try answer.put(.done(sentence).noting(notes + (isOpened == nil ? ["next: \(next)"] : [])))
    }
]

/// Makes the folders of a shop and fills them; those that it made go again where that fails.
/// - Returns: the shop's folder, without links in its path.
private func make(_ said: String, _ sharing: Sharing, in world: World, _ fill: (String) throws -> Void) throws -> String {
    var new: [String] = []
    func make(_ path: String, _ name: String, _ sharing: Sharing) throws {
        let isNew = File.kind(of: path) == nil
        guard sharing.makeFolder(path) else {
            throw Failure(.outside, .initialize, "cannot make the folder \(said)\(name): \(String(cString: strerror(errno)))")
        }
        if isNew { new.append(path) }
    }
    do {
        let named = world.path(said)
        try make(named, "", .owner)
        let path = try realFolder(named)
        if let refusal = ShopPlace(folder: path, isNamed: true).refusal(in: world) { throw refusal }
        try demandNoOther(in: path, sharing)
        for name in ["", "/files", "/backups"] { try make(path + name, name, sharing) }
        guard sharing == .owner || Sharing(of: path) == .group else {
            throw Failure(
                .outside, .initialize, "cannot share the folder \(said): you do not own it, or are not in its group",
                hint: "chgrp GROUP \(said)")
        }
        for folder in [path + "/..", path] { try File.sync(folder: folder) }
        try fill(path)
        return path
    } catch {
        // What holds anything stays.
        for folder in new.reversed() { rmdir(folder) }
        throw error
    }
}

/// Nothing of another shop changes, nor who may write it.
private func demandNoOther(in path: String, _ sharing: Sharing) throws {
    let data = path + "/" + Shop.fileName
    if sharing == .group, File.size(of: data) > 0 { throw Failure(.refused, .initialize, "there is a shop already: \(data)") }
}
