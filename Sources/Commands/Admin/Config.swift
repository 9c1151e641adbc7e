import Console
import Shop
import Store
import Values

private let setting = Operand<Line>(
    "SETTING", "the setting's name, or alias.NAME", from: .words(Settings.all.map(\.name) + Preferences.keys.map(\.name)))
private let value = Maybe<String>("VALUE", "the new value; without it the setting is reset to its default")
private let personal = Flag("--personal", "in your own file, whatever the shop")
private let headings = [
    Heading("setting", .text), Heading("value", .text), Heading("from", .status), Heading("set", .bool, wide: true),
    Heading("default", .text, wide: true), Heading("type", .text, wide: true), Heading("help", .text, wide: true),
]

let configCommands: [Command] = [
    looks(
        "config list", "List the settings, and where each value comes from",
        about: """
            The settings of the shop are in the shop. Personal ones (format, colour, pager, your usual shop, the shops that you
            trust) are in your own file, `$XDG_CONFIG_HOME/laseros/config`, as lines of `key = value`; the command line and the
            environment overrule them. Aliases can be in both, and your own overrule those of the shop: with `alias.next =
            invoice list --limit 5`, `laseros next` runs that command. Aliases of a shop can only read: they run no command that
            changes or writes something, name no file, and start no program.
            """,
        examples: ["laseros config list --wide"]
    ) { call, stored in
        .rows(try shown(stored, call, names(stored, call)))
    },
    looks("config get", "Print a setting", [setting], examples: ["laseros config get vat_rate"]) { call, stored in
        let name = try call[setting].text
        guard call.isForPeople else { return .record(try shown(stored, call, [name])) }
        return .text(try Known(name, stored, call).text + "\n")
    },
    either(
        writes(
            "config set", "Change a setting", [setting, value, personal], permission: .settings,
            about: "Without a value the setting is reset to its default.",
            examples: [
                "laseros config set company_name 'Karoo Laser Works'", "laseros config set vat_rate",
                "laseros config set alias.late 'invoice list --status overdue'",
            ], answer: headings
        ) { call, shop in
            let name = try call[setting].text
            if call[value] == nil { _ = try Known(name, try shop.storedSettings(), call) }
            try set(name, to: call[value], in: shop)
            // An alias has no default value: removed, it no longer exists.
            if call[value] == nil, name.hasPrefix(Settings.aliasPrefix) { return .done("\(name) removed", Listing(headings, [])) }
            let stored = try shop.storedSettings(), known = try Known(name, stored, call)
            let own = name.hasPrefix(Settings.aliasPrefix) ? call.environment.preferences[name] : nil
            let doubt = call[value].flatMap { Shop.doubt(of: name, $0) }
            return .done("\(name) is \(known.said(stored[name]))", try shown(stored, call, [name])).noting(
                (own.map { ["your own comes first: '\($0)'"] } ?? []) + (doubt.map { [$0] } ?? []))
        }, { call, answer in try setOwn(try call[setting].text, to: call[value], call, answer) }),
    either(
        Command(
            "config edit", "Change the settings as text, in $VISUAL or $EDITOR", kind: .writes, permission: .settings,
            [personal, Standard.dryRun],
            about: "A setting that is deleted from the text is reset to its default. `--personal` opens your own file, or creates it.",
            examples: ["laseros config edit"], body: editShop), editOwn),
    .free("config template", "Print a personal file with every key, explained", permission: .open, examples: ["laseros config template"]) {
        _ in
        .text(Preferences.template)
    },
]

/// A command that shows settings: the shop's or, without a shop, the personal ones and the defaults.
private func looks(
    _ name: String, _ summary: String, _ parameters: [any Parameter] = [], about: String = "", examples: [String],
    run: @escaping @Sendable (Call, [String: String]) throws -> Output
) -> Command {
    var command = Command.free(name, summary, parameters, permission: .view, about: about, examples: examples, answer: headings) { call in
        if let stored = try withShop(call, { try $0.storedSettings() }) { return try run(call, stored) }
        let aside = call.shopSession.leftAside(call.shopName)
        return try run(call, [:]).noting(aside.isEmpty ? ["there is no shop here: these are the defaults of a new one"] : aside)
    }
    command.joins = true
    return command
}

/// A command for the settings of the shop or, with `--personal`, for the personal file.
private func either(_ command: Command, _ own: @escaping @Sendable (Call, Answer) throws -> Void) -> Command {
    var either = command
    either.body = { call, answer in
        guard call[personal] else { return try command.body(call, answer) }
        guard !call.environment.isBatchLine else {
            throw Failure(.usage, .config, "--personal is not allowed in a batch: it is not about the shop")
        }
        try own(call, answer)
    }
    return either
}

/// The current value of a setting and where it comes from: the shop, the personal file, or the default.
private struct Known {
    var text: String
    var shown: DisplayValue
    var origin: String
    var initial: DisplayValue
    var type: ShownType
    var help: String

    /// A value of the shop with its unit, for a message.
    func said(_ stored: String?) -> String {
        let text = stored ?? text
        return switch type {
        case .percent: "\(text) %"
        case .length: "\(text) mm"
        case .seconds: "\(text) s"
        case .int, .number, .money, .quantity: text
        default: "'\(text)'"
        }
    }

    /// - Throws: `notFound` with the most similar name.
    init(_ name: String, _ stored: [String: String], _ call: Call) throws {
        let own = call.environment.preferences[name]
        if let key = Preferences.keys.first(where: { $0.name == name }) {
            text = own ?? key.initial
            (shown, initial, type, help) = (.text(text), .text(key.initial), .text, key.help)
            origin = own == nil ? "default" : "personal"
            return
        }
        let setting = try Settings.named(name), stored = stored[name]
        guard stored != nil || own != nil || !name.hasPrefix(Settings.aliasPrefix) else {
            throw Failure(
                .notFound, .config, "there is no alias '\(name.dropFirst(Settings.aliasPrefix.count))'",
                hint: "laseros config set \(name) 'invoice list'")
        }
        // Of the shop's settings, a personal file can contain only aliases.
        text = own ?? stored ?? setting.initialText
        shown = (own ?? stored).map { setting.read($0)?.shown ?? .text($0) } ?? setting.initial
        origin = own != nil ? "personal" : stored != nil ? "shop" : "default"
        (initial, type, help) = (setting.initial, setting.type, setting.help)
    }
}

/// The names of all settings, including the defined aliases.
private func names(_ stored: [String: String], _ call: Call) -> [String] {
    let kept = stored.keys.filter { $0.hasPrefix(Settings.aliasPrefix) }
    let aliases = Set(kept).union(call.environment.preferences.aliases.keys.map { Settings.aliasPrefix + $0 })
    return Settings.all.map(\.name) + Preferences.keys.map(\.name) + aliases.sorted()
}

private func shown(_ stored: [String: String], _ call: Call, _ names: [String]) throws -> Listing {
    Listing(
        headings,
        try names.map { name in
            let known = try Known(name, stored, call)
            return [
                .text(name), known.shown, .status(known.origin, known.origin == "default" ? .quiet : .plain),
                .yes(known.origin != "default"),
                known.initial, .text(known.type.rawValue), .text(known.help),
            ]
        })
}

/// Sets a setting of the shop, or removes it.
private func set(_ name: String, to value: String?, in shop: Shop, beside others: [String: String] = [:]) throws {
    guard !Preferences.keys.contains(where: { $0.name == name }) else {
        throw Failure(
            .usage, .config, "\(name) is a personal setting: it is in your own file",
            hint: "laseros config set --personal \(name) \(value ?? "")"
        )
    }
    if let value {
        try checkAlias(name, value)
        try checkShopAlias(name, value, beside: others.isEmpty ? try shop.storedSettings() : others)
    }
    try shop.set(try Settings.named(name), to: try value.map { try shop.namedCode(name, $0) })
}

/// - Throws: `usage` for an alias that is not a valid command line or has the name of a command.
func checkAlias(_ name: String, _ line: String) throws {
    guard name.hasPrefix(Settings.aliasPrefix) else { return }
    let alias = String(name.dropFirst(Settings.aliasPrefix.count))
    guard !program.takes(alias) else { throw Failure(.usage, .config, "'\(alias)' is a command: no alias can have its name") }
    if let wrong = Alias.refusal(alias, line) { throw Failure(.usage, .config, wrong) }
}

/// - Throws: `refused` for an alias that is not allowed in a shop.
private func checkShopAlias(_ name: String, _ line: String, beside settings: [String: String]) throws {
    guard name.hasPrefix(Settings.aliasPrefix) else { return }
    let alias = String(name.dropFirst(Settings.aliasPrefix.count))
    try program.demandShopAlias(alias, among: Alias.all(in: settings).merging([alias: line]) { $1 })
}

@Sendable private func editShop(_ call: Call, _ answer: Answer) throws {
    let reader = try openShop(call, .reading)
    let stored = try reader.data.reading { try reader.storedSettings() }
    let changed = try Editor.offer(settingsText(stored), in: call.environment) { _, pairs in
        let shop = try openShop(call, .writing)
        try store(call, shop, answer) {
            var faults: [Failure.Fault] = [], names: [String] = []
            let wanted = Dictionary(pairs.all.map { ($0.key, $0.value) }) { $1 }
            for pair in pairs.all where stored[pair.key] != pair.value {
                do {
                    try set(pair.key, to: pair.value, in: shop, beside: wanted)
                    names.append(pair.key)
                } catch let failure as Failure where [.usage, .notFound, .refused].contains(failure.kind) {
                    faults.append(Failure.Fault(file: "", line: pair.line, column: pair.key, failure.message))
                }
            }
            guard faults.isEmpty else { throw Failure(.input, .config, "the shop cannot use this", faults: faults) }
            for name in stored.keys.sorted() where pairs[name] == nil {
                try set(name, to: nil, in: shop)
                names.append(name)
            }
            return .done(
                "changed \(names.joined(separator: ", "))",
                all: try shown(try shop.storedSettings(), call, names.filter { !$0.hasPrefix(Settings.aliasPrefix) })
            ).noting(names.compactMap { name in pairs[name].flatMap { Shop.doubt(of: name, $0) } })
        }
    }
    if !changed { try answer.put(.done("nothing was changed")) }
}

/// All settings as text with their descriptions; unset ones are commented out.
private func settingsText(_ stored: [String: String]) -> String {
    var text = "# The settings of the shop. One that is not set is commented out; take the # away and change it.\n"
    for setting in Settings.all {
        text +=
            "\n# \(setting.help)\n"
            + (stored[setting.name].map { KeyValueText.text(setting.name, $0) } ?? "# "
                + KeyValueText.text(setting.name, setting.initialText))
    }
    text += "\n# laseros next: words after it are appended\n"
    let aliases = stored.filter { $0.key.hasPrefix(Settings.aliasPrefix) }.sorted { $0.key < $1.key }
    return text
        + (aliases.isEmpty ? "# alias.next = invoice list --limit 5\n" : aliases.map { KeyValueText.text($0.key, $0.value) }.joined())
}
