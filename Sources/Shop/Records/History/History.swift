import Store
import Values

/// Describes what entries changed, in the words of the nouns: for dry runs, `log show` and `undo --dry-run`.
package final class History {
    private let shop: Shop
    /// The schema version of the changes; nil for the current one.
    private var version: Int?
    private var labels: [String: String] = [:]
    private var older: [String: [String]] = [:]
    private let kinds: [String: Kind]
    private var meanings: [String: [String: Meaning]] = [:]

    /// What a table contains.
    private enum Kind {
        case things(Noun)
        /// The rows of a child, and the parent table; of several children if they share a table, each with a column for its parent.
        case rows([(child: Child, above: String)])
    }

    /// What a column contains: an id of another table, the value of a field, any other value, or something that is not shown.
    private enum Meaning {
        case row(of: String, name: String)
        case value(Field)
        case plain, kept
    }

    package init(_ shop: Shop) {
        self.shop = shop
        var kinds: [String: Kind] = [:]
        for noun in shop.nouns + Noun.withoutCommands {
            kinds[noun.name] = .things(noun)
            for path in noun.paths {
                var owners = [(child: path.child, above: path.above)]
                if case .rows(let others)? = kinds[path.child.table] { owners = others + owners }
                kinds[path.child.table] = .rows(owners)
            }
        }
        self.kinds = kinds
    }

    package static let headings = [
        Heading("noun", .text), Heading("code", .text), Heading("change", .status), Heading("field", .text), Heading("before", .text),
        Heading("after", .text),
    ]

    /// The size in bytes up to which a changeset is sorted before it is shown; a larger one is shown in the order of SQLite's hash table.
    private static let ordered = 1 << 20

    /// The changes of an entry, field by field.
    package func changes(of entry: Entry) -> Listing {
        Listing(History.headings) { body in
            // The changeset of a checkpoint contains all rows.
            if entry.kind == .checkpoint { return }
            try self.shop.data.demandChanges(of: entry)
            let changeset = try Changeset(self.shop.data, provedOf: entry)
            (self.older, self.version) = ([:], try entry.schema == self.shop.version() ? nil : entry.schema)
            try self.show(changeset, entry.bytes, body)
        }
    }

    /// The changes of an entry in one record and its child rows; none if the entry's changes were dropped.
    func changes(of entry: Entry, in touching: inout RecordEntries, _ body: ([DisplayValue]) throws -> Void) throws {
        guard entry.kind != .checkpoint, try shop.data.checkpoint(dropping: entry) == nil else { return }
        (older, version) = ([:], try entry.schema == shop.version() ? nil : entry.schema)
        try touching.eachOwn(try Changeset(shop.data, provedOf: entry)) { try show($0, body) }
    }

    /// The changes in a changeset that was just made.
    package func changes(in changeset: Changeset) -> Listing {
        Listing(History.headings) { body in try self.show(changeset, changeset.size, body) }
    }

    private func show(_ changeset: Changeset, _ bytes: Int, _ body: ([DisplayValue]) throws -> Void) throws {
        guard bytes <= History.ordered else { return try changeset.each { try show($0, body) } }
        var changes: [Change] = [], tables: [String] = []
        try changeset.each { change in
            if tables.last != change.table { tables.append(change.table) }
            changes.append(change)
        }
        for table in tables {
            for change in changes.filter({ $0.table == table }).sorted(by: { $0.id < $1.id }) { try show(change, body) }
        }
    }

    private func show(_ change: Change, _ body: ([DisplayValue]) throws -> Void) throws {
        let columns = try columns(of: change.table)
        let label = try label(change.table, change.id, change)
        let tone: Tone = change.kind == .added ? .good : change.kind == .removed ? .bad : .warning
        for (i, column) in columns.enumerated().dropFirst() where i < change.before.count {
            let before = change.before[i] ?? .null, after = change.after[i] ?? .null
            guard change.kind == .changed ? change.after[i] != nil : before != after else { continue }
            let (name, present) = presenter(of: column, in: change.table)
            try body([
                .text(History.words(change.table)), .text(label), .status(change.kind.rawValue, tone), .text(name),
                try present(before), try present(after),
            ])
        }
    }

    /// The columns of a table in the schema version of the changes.
    private func columns(of table: String) throws -> [String] {
        guard let version else { return try shop.columns(of: table) }
        if let known = older[table] { return known }
        let columns = try shop.data.columns(of: table, inVersion: version)
        older[table] = columns
        return columns
    }

    static func words(_ table: String) -> String { table.split(separator: "_").joined(separator: " ") }

    /// The name of a column and the function that formats its cells.
    func presenter(of column: String, in table: String) -> (name: String, show: (Cell) throws -> DisplayValue) {
        let meaning = meanings[table]?[column] ?? meaning(of: column, in: table)
        meanings[table, default: [:]][column] = meaning
        switch meaning {
        case .row(let table, let name): return (name, { cell in try self.referred(table, cell) })
        case .value(let field): return (field.historyName, { cell in try self.shop.local(field.present(cell)) })
        case .kept: return (column, { cell in cell.isNull ? .nothing : .text("kept") })
        case .plain: return (column, History.plain)
        }
    }

    private func meaning(of column: String, in table: String) -> Meaning {
        // About twenty texts that are the same as in the settings; only that they were stored is shown.
        if column == PaperTexts.column { return .kept }
        let fields: [Field]
        switch kinds[table] {
        case .things(let noun): fields = noun.columns + noun.unlisted
        case .rows(let owners):
            if let owner = owners.first(where: { $0.child.parent == column }) {
                return .row(of: owner.above, name: owner.child.parentName(owner.above))
            }
            fields = owners[0].child.allFields
        case nil: return .plain
        }
        guard let field = fields.first(where: { $0.column == column }) else { return .plain }
        return (field.reference ?? field.rowOf).map { .row(of: $0, name: field.historyName) } ?? .value(field)
    }

    static func plain(_ cell: Cell) -> DisplayValue {
        switch cell {
        case .null: .nothing
        case .integer(let n): .int(n)
        case .real(let x): .measure(x, unit: "")
        case .text(let text): .text(text)
        }
    }

    private func referred(_ table: String, _ cell: Cell) throws -> DisplayValue {
        guard case .integer(let id) = cell else { return .nothing }
        return .text(try label(table, id, nil))
    }

    /// The name of a row: its code, or the parent's code and the row's name there.
    package func label(_ table: String, _ id: Int, _ change: Change?) throws -> String {
        let key = "\(table) \(id)"
        if let known = labels[key] { return known }
        if labels.count > 10_000 { labels.removeAll() }
        let label = try makeLabel(table, id, change)
        labels[key] = label
        return label
    }

    private func makeLabel(_ table: String, _ id: Int, _ change: Change?) throws -> String {
        let now = try shop.columns(of: table), columns = change == nil ? now : try self.columns(of: table)
        func cell(_ column: String) throws -> Cell? {
            if let change, let i = columns.firstIndex(of: column), i < change.after.count, let known = change.after[i] ?? change.before[i],
                known != .null
            {
                return known
            }
            guard now.contains(column) else { return nil }
            return try shop.data.one("SELECT \(name: column) FROM \(name: table) WHERE id = \(id)") { $0.cell(0) }
        }
        switch kinds[table] {
        case .things(let noun):
            for column in ["number", noun.code] { if case .text(let code)? = try cell(column) { return code } }
        case .rows(let owners):
            for (child, above) in owners {
                guard case .integer(let parent)? = try cell(child.parent) else { continue }
                switch (child.naming.reference, try cell(child.naming.column)) {
                case (let table?, .integer(let other)?): return try self.label(table, other, nil)
                case (nil, .integer(let n)?): return "\(try self.label(above, parent, nil))\(child.isNumbered ? "." : "/")\(n)"
                case (nil, .text(let name)?): return "\(try self.label(above, parent, nil))/\(name)"
                default: return try self.label(above, parent, nil)
                }
            }
        case nil: break
        }
        if case .text(let name)? = try cell("name") { return String(name.prefix(40)) }
        return "#\(id)"
    }
}
