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
    .free(
        "init", "Make a shop", [folder, demo, shared],
        about: """
            A shop is a folder that holds `laseros.db`, `files/` and `backups/`. Commands find it by `--shop`, by `LASEROS_SHOP`, as the
            nearest folder above the working directory that holds one, by `shop` in your own file, or in `$XDG_DATA_HOME/laseros`.

            One that is named by `--shop`, `LASEROS_SHOP` or your own file is opened whoever made it. One that is only found has to belong
            to you, to root, or to who called sudo, and nobody else may write it; others are refused until they are named, or listed in
            `safe_shops` in your own file. One that everybody may write is always refused, and so is a database behind a symbolic link, or
            in WAL mode.

            `--shared group` makes the folder and all in it for its group (modes 2770 and 660), as what comes into it later will be.
            """,
        examples: ["laseros init new-shop", "laseros init --demo trial", "laseros init --shared group our-shop"]
    ) { call in
        let said = call[folder]?.text ?? call.text(Standard.shop.spec.name) ?? call.world.environment["LASEROS_SHOP"] ?? "."
        let sharing = call[shared] ?? .owner, path = try made(said, sharing, in: call.world)
        umask(0o077)
        try Shop(path, .creating, clock: call.world.clock, who: call.world.user, nouns: nouns).found()
        if call[demo] { try Demo.fill(path, call) }
        let isOpened = ShopPlace(folder: path, isNamed: false).refusal(in: call.world)
        let notes = isOpened.map { [$0.message] + ($0.hint.map { ["hint: \($0)"] } ?? []) } ?? []
        return .done("made a \(call[demo] ? "demo shop" : "shop") in \(said)").noting(notes)
    }
]

/// Makes the folders of a shop, and the data file where SQLite would give it other modes.
/// - Returns: the folder, without links in its path.
private func made(_ said: String, _ sharing: Sharing, in world: World) throws -> String {
    func failure(_ name: String) -> Failure {
        Failure(.outside, "cannot make the folder \(said)\(name): \(String(cString: strerror(errno)))")
    }
    let named = world.path(said)
    guard mkdir(named, 0o700) == 0 || errno == EEXIST, let real = realpath(named, nil) else { throw failure("") }
    defer { free(real) }
    let path = String(cString: real), data = path + "/" + Shop.fileName
    if let refusal = ShopPlace(folder: path, isNamed: true).refusal(in: world) { throw refusal }
    // Nothing of another shop changes, nor who may write it.
    if sharing == .group, File.size(of: data) > 0 { throw Failure(.refused, "there is a shop already: \(data)") }
    for name in ["", "/files", "/backups"] {
        guard sharing.makeFolder(path + name) else { throw failure(name) }
    }
    guard sharing == .group else { return path }
    guard Sharing(of: path) == .group else {
        throw Failure(.outside, "cannot share the folder \(said): you do not own it, or are not in its group", hint: "chgrp GROUP \(said)")
    }
    let file = sharing.openFile(data)
    guard file >= 0 else { throw File.failure("make", data) }
    close(file)
    return path
}
