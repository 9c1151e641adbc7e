import Store
import Values

extension Field {
    /// Another name of a field in files, with the unit of plain numbers in that column.
    package struct Alias: Sendable {
        package var name: String
        package var unit: String
    }

    /// The same field, with other names in files.
    package func known(as names: String..., unit: String = "") -> Field {
        var field = self
        field.aliases += names.map { Alias(name: $0, unit: unit) }
        return field
    }

    /// The same field, with texts whose amounts have to be in the shop's currency.
    func amounts() -> Field {
        var field = self
        field.isAmount = true
        return field
    }

    /// The same field, accepted by `import` although no option sets it.
    package func imported() -> Field {
        var field = self
        field.imports = true
        return field
    }

    /// The same field, with other words for its values in files.
    package func said(_ words: [String: String]) -> Field {
        var field = self
        field.synonyms = Dictionary(uniqueKeysWithValues: words.map { ($0.key.folded, $0.value) })
        return field
    }
}

/// Maps each column of a file to a field: by its name, an alias, or the caller's map.
struct ImportColumns {
    enum Target: Hashable {
        case code, field(Int, unit: String), ignored
        /// The rows of a child, by its index among the portable children.
        case rows(Int)

        /// The same target, without the unit.
        var bare: Target { if case .field(let i, _) = self { .field(i, unit: "") } else { self } }
    }

    /// The target name for a column to ignore.
    static let nothing = "-"
    private(set) var targets: [Target] = []
    /// Known columns that are ignored.
    private(set) var unkept: [String] = []
    private var faults: [Failure.Fault] = []
    private let noun: Noun
    private let file: String
    private let lines: [String: Int]

    /// - Parameters:
    ///   - lines: the line where each column first appears.
    ///   - called: the map from their names to ours.
    ///   - maps: the names under which such maps are saved.
    /// - Throws: `input` if a column is not a field of the noun, or a field appears twice.
    init(_ noun: Noun, file: String, _ columns: [String], on lines: [Int], called: [String: String], maps: [String]) throws {
        (self.noun, self.file) = (noun, file)
        self.lines = Dictionary(zip(columns, lines)) { first, _ in first }
        // If two words name the same column, the one with its exact spelling counts, otherwise the first alphabetically.
        let words = called.keys.sorted { (columns.contains($0) ? 0 : 1, $0) < (columns.contains($1) ? 0 : 1, $1) }
        let called = Dictionary(words.map { (Self.column($0, of: columns), called[$0] ?? $0) }) { first, _ in first }
        for theirs in called.keys.sorted() where !columns.contains(theirs) {
            let hint = suggestion(for: theirs, among: columns).map { ", \($0)" } ?? ""
            fault(theirs, "there is no such column to be called \(called[theirs] ?? "")\(hint)")
        }
        var taken: [Target: String] = [:]
        for column in columns {
            let target = target(of: column, called[column])
            targets.append(target)
            if target == .ignored { continue }
            if let other = taken[target.bare] {
                fault(column, "means the same field as \(other)")
            } else {
                taken[target.bare] = column
            }
        }
        guard faults.isEmpty else {
            throw Failure(.input, .importColumns, "\(file) cannot be imported: nothing was written", hint: hint(maps), faults: faults)
        }
    }

    /// The column that a word names, ignoring case.
    private static func column(_ theirs: String, of columns: [String]) -> String {
        if columns.contains(theirs) { return theirs }
        return columns.first { $0.lowercased() == theirs.lowercased() } ?? theirs
    }

    private func hint(_ maps: [String]) -> String {
        let kept = maps.isEmpty ? "" : "; kept are " + maps.map { "--map @\($0)" }.joined(separator: ", ")
        return
            "columns: \(noun.portableHeadings.map(\.name).joined(separator: ", ")); --map THEIRS=OURS renames one, --map THEIRS=- leaves it out\(kept)"
    }

    private mutating func fault(_ column: String, _ message: String) {
        faults.append(Failure.Fault(file: file, line: lines[column] ?? 1, column: column, message))
    }

    private mutating func target(of column: String, _ called: String?) -> Target {
        if called == ImportColumns.nothing { return .ignored }
        let name = called ?? column
        if let target = target(named: name) ?? target(named: name.folded) {
            if target == .ignored { unkept.append(column) }
            return target
        }
        if noun.unkept.contains(name.folded) {
            unkept.append(column)
            return .ignored
        }
        let hint = suggestion(for: name, among: noun.portableHeadings.map(\.name)).map { ", \($0)" } ?? ""
        fault(column, "\(noun.plural) have no \(called == nil ? "such column" : "column '\(name)'")\(hint)")
        return .ignored
    }

    private mutating func target(named name: String) -> Target? {
        if name == "code" || noun.codeAliases.contains(name) { return .code }
        if let i = noun.index(of: name) { return noun.fields[i].isPortable ? .field(i, unit: "") : .ignored }
        for (i, field) in noun.fields.enumerated() {
            if let alias = field.aliases.first(where: { $0.name == name }) { return .field(i, unit: alias.unit) }
        }
        return noun.portableChildren.firstIndex { $0.child.plural == name }.map { .rows($0) }
    }
}
