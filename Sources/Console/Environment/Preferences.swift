import Glibc
import Values

/// The personal configuration, `$XDG_CONFIG_HOME/laseros/config`: defaults for what the command line and the environment leave open.
/// Settings that belong to the shop are stored in the shop.
package struct Preferences: Sendable {
    /// A key of the personal file.
    package struct Key: Sendable {
        package let name: String
        package let initial: String
        package let help: String
        package let choices: [String]
    }

    package static let keys = [
        Key(name: "shop", initial: "", help: "the folder of the shop that is used where no other is named or found", choices: []),
        Key(
            name: safeShops, initial: "",
            help: "folders of shops that are opened where they are found though others own or may write them, as DIR:DIR; * for all",
            choices: []),
        Key(
            name: "format", initial: Format.table.rawValue,
            help: "the format of answers on a terminal; scripts see the same as everybody's",
            choices: Format.choices),
        Key(name: "colour", initial: "yes", help: "colours on a terminal", choices: Bool.choices),
        Key(name: "pager", initial: Pager.usual, help: "what long answers are read with on a terminal; empty for nothing", choices: []),
    ]
    package static let aliasPrefix = "alias."
    package static let safeShops = "safe_shops"

    /// The path of the file, which may not exist.
    package let path: String?
    package private(set) var values: [String: String] = [:]
    /// The invalid lines.
    package private(set) var faults: [Failure.Fault] = []

    package init() { path = nil }

    /// Reads the file if it exists. Mistakes in it cause warnings, but no command fails because of them.
    package init(of environment: [String: String]) {
        path = Preferences.folder("XDG_CONFIG_HOME", ".config", environment).map { $0 + "/config" }
        guard let path, access(path, F_OK) == 0 else { return }
        do {
            take(String(decoding: try File.read(path), as: UTF8.self), path)
        } catch {
            faults = [Failure.Fault(file: path, Failure(any: error).message)]
        }
    }

    /// Checks a text without reading the file.
    package init(checking text: String, file: String) {
        path = nil
        take(text, file)
    }

    private mutating func take(_ text: String, _ file: String) {
        let pairs = KeyValueText(reading: text, file: file)
        faults = pairs.faults
        for pair in pairs.all {
            if let wrong = Preferences.refusal(pair.key, pair.value) {
                faults.append(Failure.Fault(file: file, line: pair.line, column: pair.key, wrong))
            } else {
                values[pair.key] = pair.value
            }
        }
    }

    /// What is wrong with a pair; nil if it is valid.
    package static func refusal(_ name: String, _ value: String) -> String? {
        if name.hasPrefix(aliasPrefix) { return Alias.refusal(String(name.dropFirst(aliasPrefix.count)), value) }
        guard let key = keys.first(where: { $0.name == name }) else {
            let near = suggestion(for: name, among: keys.map(\.name)).map { "; \($0)" }
            return "there is no personal setting '\(name)'" + (near ?? "; what a shop decides is set with `laseros config set`")
        }
        if name == safeShops, let wrong = folders(value).first(where: { $0 != "*" && !$0.hasPrefix("/") && !$0.hasPrefix("~/") }) {
            return "'\(wrong)' is no folder's whole path, and not *"
        }
        guard key.choices.isEmpty || key.choices.contains(value) else {
            return "'\(value)' is not one of \(key.choices.joined(separator: ", "))"
        }
        return nil
    }

    private static func folders(_ value: String) -> [String] {
        value.split { $0 == ":" || $0 == "\n" }.map { String(String($0).trimmed) }.filter { !$0.isEmpty }
    }

    /// The folders of `safe_shops`, as written.
    package var safeFolders: [String] { Preferences.folders(values[Preferences.safeShops] ?? "") }

    package subscript(name: String) -> String? { values[name] }

    package var aliases: [String: String] { Alias.all(in: values) }

    /// `$XDG_STATE_HOME/laseros` and the like, or the usual folder below the home folder.
    package static func folder(_ variable: String, _ usual: String, _ environment: [String: String]) -> String? {
        // The XDG specification says to ignore relative paths.
        let named = environment[variable].flatMap { $0.hasPrefix("/") ? $0 : nil }
        if let named { return named + "/laseros" }
        // System users have a home folder that does not exist; it must not be created.
        guard let home = environment["HOME"], !home.isEmpty, File.kind(of: home) == S_IFDIR || File.kind(of: home + "/.") == S_IFDIR else {
            return nil
        }
        return home + "/" + usual + "/laseros"
    }

    /// A file with every key, explained and commented out.
    package static var template: String {
        var text = """
            # What you like, whatever the shop. A line is `key = value`; what a command line or the environment says comes first.
            # What a shop decides (VAT, letterhead, terms) stands in the shop: `laseros config edit`.


            """
        for key in keys {
            text +=
                "# \(key.help)" + (key.choices.isEmpty ? "" : ": " + key.choices.joined(separator: ", ")) + "\n# "
                + KeyValueText.text(key.name, key.initial) + "\n"
        }
        return text
            + "# laseros next: words after it are appended; it comes before one of the same name in the shop\n# alias.next = invoice list --limit 5\n"
    }

    /// The text with one key set or removed; everything else stays unchanged.
    package static func text(_ text: String, setting name: String, to value: String?) -> String {
        var lines = text.withPlainLines.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if lines.last == "" { lines.removeLast() }
        let pair = value.map { KeyValueText.text(name, $0).split(separator: "\n").map(String.init) } ?? []
        guard let old = KeyValueText(reading: text, file: "").all.first(where: { $0.key == name }) else {
            return (lines + pair).map { $0 + "\n" }.joined()
        }
        let start = old.line - 1, more = lines[(start + 1)...].prefix { $0.first == " " || $0.first == "\t" }.count
        lines.replaceSubrange(start...(start + more), with: pair)
        return lines.map { $0 + "\n" }.joined()
    }
}
