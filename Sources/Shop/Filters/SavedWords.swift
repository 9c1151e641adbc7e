import Store
import Values

/// What is saved under a name: filters of a list, or a map of a file's columns.
package enum SavedKind: String, Choice, Stored, Presentable { case filter, map }

extension Noun {
    /// A saved filter or column map.
    package static let filter: Noun = {
        var noun = Noun(
            "filter", "Saved filters and column maps", coding: .typed,
            [
                Field("noun", Line.self, wide: true, filters: true),
                Field("name", Line.self, wide: true),
                Field("kind", SavedKind.self, filters: true),
                Field("words", String.self),
            ])
        noun.title = "name"
        return noun
    }()
}

extension Shop {
    /// Saves words under a name, replacing those saved before.
    /// - Throws: `refused` if the name is used for the other kind.
    /// - Returns: the id, and whether other words were replaced.
    package func save(_ kind: SavedKind, _ name: FilterName, of noun: Noun, _ words: [String]) throws -> (id: Int, isReplaced: Bool) {
        if kind == .filter, noun.named.contains(where: { $0.name == name.text }) {
            throw Failure(.refused, .filter, "@\(name.text) is a filter of \(noun.plural) that is always there", hint: "take another name")
        }
        let code = "\(noun.name)@\(name.text)"
        let other = try data.one("SELECT kind FROM filter WHERE code = \(code) AND kind <> \(kind)") { $0.text(0) }
        if let other { throw Failure(.refused, .filter, "\(code) is a \(other) already", hint: "laseros filter remove \(code)") }
        let before = try data.one("SELECT words FROM filter WHERE code = \(code)") { $0.text(0) }
        try data.run(
            """
            INSERT INTO filter (code, noun, name, kind, words) VALUES (\(code), \(noun.name), \(name.text), \(kind), \(ShellLine.text(words)))
            ON CONFLICT (code) DO UPDATE SET words = excluded.words WHERE words <> excluded.words
            """)
        return (try find(.filter, code).id, before != nil && before != ShellLine.text(words))
    }

    /// The words saved under a name.
    /// - Throws: `notFound`, with the available names.
    package func saved(_ kind: SavedKind, _ name: FilterName, of noun: Noun) throws -> [String] {
        let code = "\(noun.name)@\(name.text)"
        let words = try data.one("SELECT words FROM filter WHERE code = \(code) AND kind = \(kind)") { $0.text(0) }
        if let words { return try ShellLine.words(words) }
        let names = try (kind == .filter ? noun.named.map(\.name) : []) + self.names(kind, of: noun)
        let hint =
            suggestion(for: name.text, among: names, as: { "@\($0)" })
            ?? (names.isEmpty ? nil : "there \(worded(names.count, "is", "are")) " + names.map { "@\($0)" }.joined(separator: ", "))
        throw Failure(
            .notFound, .filter, "there is no \(kind == .map ? "map" : "filter") @\(name.text) of \(noun.plural)",
            hint: hint ?? Shop.saving(kind, noun))
    }

    /// The saved names.
    func names(_ kind: SavedKind, of noun: Noun) throws -> [String] {
        try data.all("SELECT name FROM filter WHERE noun = \(noun.name) AND kind = \(kind) ORDER BY name") { $0.text(0) }
    }

    private static func saving(_ kind: SavedKind, _ noun: Noun) -> String {
        kind == .map
            ? "laseros \(noun.command) import FILE --map THEIRS=OURS --save-map NAME"
            : "laseros \(noun.listCommand) --where NAME=VALUE --save NAME"
    }
}
