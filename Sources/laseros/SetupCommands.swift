import Console
import Glibc
import Shop
import Store
import Values

private let folder = Maybe<Line>(
    "DIR", "the folder; that of --shop or LASEROS_SHOP, else the working directory, where none is named", from: .files)

let initCommands: [Command] = [
    .free(
        "init", "Make a shop", [folder],
        about: """
            A shop is a folder that holds `laseros.db`, `files/` and `backups/`. Commands find it by `--shop`, by `LASEROS_SHOP`, as the
            nearest folder above the working directory that holds one, or in `$XDG_DATA_HOME/laseros`.
            """,
        examples: ["laseros init new-shop"]
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
        return .done("made a shop in \(said)")
    }
]

private let setting = Operand<Line>("SETTING", "the setting's name", from: .words(Settings.all.map(\.name)))
private let value = Maybe<String>("VALUE", "what it is to be; left out, it goes back to what it is by itself")
private let settingHeadings = [
    Heading("setting", .text), Heading("value", .text), Heading("set", .bool), Heading("default", .text, wide: true),
    Heading("type", .text, wide: true), Heading("help", .text, wide: true),
]

private func shownSettings(_ shop: Shop, _ settings: [AnySetting]) throws -> Listing {
    let stored = try shop.storedSettings()
    return Listing(
        settingHeadings,
        settings.map { setting in
            let text = stored[setting.name]
            return [
                .text(setting.name), text.flatMap { setting.read($0)?.shown } ?? setting.initial, .yes(text != nil), setting.initial,
                .text(setting.type.rawValue), .text(setting.help),
            ]
        })
}

let configCommands: [Command] = [
    reads("config list", "List the settings", examples: ["laseros config list --wide"], answer: settingHeadings) { _, shop in
        .rows(try shownSettings(shop, Settings.all))
    },
    reads("config get", "Print a setting", [setting], examples: ["laseros config get vat_rate"], answer: settingHeadings) { call, shop in
        let wanted = try Settings.named(try call[setting].text)
        guard call.isForPeople else { return .record(try shownSettings(shop, [wanted])) }
        return .text((try shop.storedSettings()[wanted.name] ?? wanted.initialText) + "\n")
    },
    writes(
        "config set", "Change a setting", [setting, value], about: "Without a value the setting goes back to what it is by itself.",
        examples: ["laseros config set company_name 'Karoo Laser Works'", "laseros config set vat_rate"], answer: settingHeadings
    ) { call, shop in
        let wanted = try Settings.named(try call[setting].text)
        try shop.set(wanted, to: call[value])
        let now = try shop.storedSettings()[wanted.name] ?? wanted.initialText
        return .done("\(wanted.name) is '\(now)'", try shownSettings(shop, [wanted]))
    },
]

let upgradeCommands: [Command] = [
    Command(
        "upgrade", "Bring a shop's data to the version of this laseros", kind: .writes, [Ask.dryRun],
        about: "The database is copied to `backups/` and the copy is proved; then every step is taken in one transaction, or none.",
        examples: ["laseros upgrade --dry-run"], answer: [Heading("message", .text)]
    ) { call, answer in
        let folder = try shopFolder(call.text(Standard.shop.spec.name), in: call.world)
        let shop = try Shop(folder, .writing, clock: call.world.clock, who: call.world.user, nouns: nouns, older: true)
        try upgrade(shop, call, answer)
    }
]

private func upgrade(_ shop: Shop, _ call: Call, _ answer: Answer) throws {
    let from = try shop.version(), dry = call[Ask.dryRun]
    if dry { answer.note("dry run: nothing was stored") }
    guard from < Shop.newest else { return try answer.put(.done("the shop is of version \(from) already")) }
    if !dry { answer.note("copied to \(try shop.copyBeforeUpgrade())") }
    let sentence = "upgraded from version \(from) to \(Shop.newest)"
    try shop.data.rewrite(keeping: !dry) {
        guard try shop.version() == from else { throw Failure(.store, "somebody else upgraded the shop at the same moment") }
        try shop.takeSteps(from: from)
        let deed = Deed(.upgrade, at: call.world.clock, who: call.world.user, words: call.words, sentence: sentence)
        answer.stored = "stored as entry \(try shop.data.record(deed))"
        try answer.put(.done(dry ? "would be \(sentence)" : sentence))
    }
}
