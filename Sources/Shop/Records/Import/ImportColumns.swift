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

extension Field {
    /// The same field, for which these words in a file are an empty cell.
    package func empty(as words: String...) -> Field {
        var field = self
        field.wordsOfNothing = Set(words.map(\.folded))
        return field
    }
}

/// Maps each column of a file to a field: by its name, an alias, or the caller's map.
struct ImportColumns {
    enum Target: Hashable {
        case code, field(Int, unit: String), ignored
        /// The rows of a child, by its index among the portable children.
        case rows(Int)
        /// A part of the field of an earlier column.
        case joined

        /// The same target, without the unit.
        var bare: Target { if case .field(let i, _) = self { .field(i, unit: "") } else { self } }
    }

    /// The target name for a column to ignore.
    static let nothing = "-"
    /// Separates columns of theirs that make up one field: `Street|Town=address`.
    static let joint: Character = "|"
    /// Not a field of any noun: the reasons that an earlier import wrote.
    static let reason = "reject_reason"
    private(set) var targets: [Target] = []
    /// The columns that make up one field, in their order, by the first of them.
    private(set) var joins: [Int: [Int]] = [:]
    /// Whether a plain number in the column of the code may be the postcode of an address.
    private(set) var doubtsCodes = false
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
        var names: [String: String] = [:], behind: Set<String> = [], whole: [[String]] = []
        for word in words {
            let parts = Self.parts(of: word, columns), name = called[word] ?? word
            for part in parts where names[part] != nil && parts.count > 1 { fault(part, "is called something twice") }
            for part in parts where names[part] == nil { names[part] = name }
            if parts.count > 1 { whole.append(parts) }
            behind.formUnion(parts.dropFirst())
        }
        for theirs in names.keys.sorted() where !columns.contains(theirs) {
            let hint = suggestion(for: theirs, among: columns).map { ", \($0)" } ?? ""
            fault(theirs, "there is no such column to be called \(names[theirs] ?? "")\(hint)")
        }
        var taken: [Target: String] = [:]
        for column in columns {
            let target = behind.contains(column) ? .joined : target(of: column, names[column])
            targets.append(target)
            if target == .ignored || target == .joined { continue }
            if let other = taken[target.bare] {
                fault(column, "means the same field as \(other)")
            } else {
                taken[target.bare] = column
            }
        }
        for parts in whole {
            let places = parts.compactMap { columns.firstIndex(of: $0) }
            guard let first = places.first else { continue }
            joins[first] = places
            if case .field = targets[first] { continue }
            fault(columns[first], "several columns make up a field only, not \(called[parts.joined(separator: "|")] ?? "this")")
        }
        doubtsCodes = mayMistakeCodes(columns, names)
        guard faults.isEmpty else {
            throw Failure(.input, .importColumns, "\(file) cannot be imported: nothing was written", hint: hint(maps), faults: faults)
        }
    }

    /// Whether the column of the code has that name only because other programs call a postcode so: nobody said that it is the code, the
    /// file has an address or writes the name otherwise than `export`, and it is not as that writes it, with the code first and no columns
    /// but ours.
    private func mayMistakeCodes(_ columns: [String], _ names: [String: String]) -> Bool {
        guard !noun.addressWords.isEmpty, let code = targets.firstIndex(of: .code), names[columns[code]] == nil,
            columns[code].folded == "code"
        else { return false }
        let own = Set(noun.portableHeadings.map(\.name))
        if code == 0, columns.allSatisfy({ own.contains($0) && names[$0] == nil }) { return false }
        if columns[code] != "code" { return true }
        return zip(columns, targets).contains { column, target in
            if case .field(let i, _) = target, noun.addressWords.contains(noun.fields[i].name) { return true }
            let words = column.searchKey.split { !$0.isLetter }
            return words.contains { noun.addressWords.contains(String($0)) }
        }
    }

    /// The columns that a word names: one, or several that are joined.
    private static func parts(of word: String, _ columns: [String]) -> [String] {
        let one = column(word, of: columns)
        guard !columns.contains(one), word.contains(joint) else { return [one] }
        return word.split(separator: joint).map { column(String(String($0).trimmed), of: columns) }
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
        if called == ImportColumns.nothing || called == nil && column == ImportColumns.reason { return .ignored }
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
