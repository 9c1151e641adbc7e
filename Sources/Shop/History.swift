import Store
import Values

/// What entries changed, in the words of the nouns: the same for a dry run, `log show` and `undo --dry-run`.
package final class History {
    private let shop: Shop
    /// The version of the schema that the changes were made under; nil for today's.
    private var version: Int?
    private var labels: [String: String] = [:]
    private var older: [String: [String]] = [:]
    private var references: [String: [(column: String, table: String)]] = [:]

    package init(_ shop: Shop) { self.shop = shop }

    package static let headings = [
        Heading("noun", .text), Heading("code", .text), Heading("change", .status), Heading("field", .text), Heading("before", .text),
        Heading("after", .text),
    ]

    /// A changeset of at most this many bytes is put in order before it is shown; a larger one is shown as SQLite hashed it.
    private static let ordered = 1 << 20

    /// Field by field, what an entry changed.
    package func changes(of entry: Entry) -> Listing {
        Listing(History.headings) { body in
            // The changes of a checkpoint are all rows that there were.
            if entry.kind == .checkpoint { return }
            try self.shop.data.demandChanges(of: entry)
            let changeset = try Changeset(self.shop.data, provedOf: entry)
            (self.older, self.version) = ([:], try entry.schema == self.shop.version() ? nil : entry.schema)
            try self.show(changeset, entry.bytes, body)
        }
    }

    /// The same of what was just changed.
    package func changes(in changeset: Changeset) -> Listing {
        Listing(History.headings) { body in try self.show(changeset, changeset.size, body) }
    }

    private func show(_ changeset: Changeset, _ bytes: Int, _ body: ([Shown]) throws -> Void) throws {
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

    private func show(_ change: Change, _ body: ([Shown]) throws -> Void) throws {
        let noun = shop.nouns.first { $0.name == change.table }
        let columns = try columns(of: change.table)
        let label = try label(change.table, change.id, change)
        let tone: Tone = change.kind == .added ? .good : change.kind == .removed ? .bad : .warning
        for (i, column) in columns.enumerated().dropFirst() where i < change.before.count {
            let before = change.before[i] ?? .null, after = change.after[i] ?? .null
            guard change.kind == .changed ? change.after[i] != nil : before != after else { continue }
            let (name, present) = try presenter(noun, change.table, column)
            try body([
                .text(noun?.name ?? History.words(change.table)), .text(label), .status(change.kind.rawValue, tone), .text(name),
                try present(before), try present(after),
            ])
        }
    }

    /// The columns that the changes of a table are of.
    private func columns(of table: String) throws -> [String] {
        guard let version else { return try shop.columns(of: table) }
        if let known = older[table] { return known }
        let columns = try shop.data.columns(of: table, inVersion: version)
        older[table] = columns
        return columns
    }

    /// The name of a column and the way to show its cells.
    func presenter(of column: String, in table: String) throws -> (String, (Cell) throws -> Shown) {
        try presenter(shop.nouns.first { $0.name == table }, table, column)
    }

    static func words(_ table: String) -> String { table.split(separator: "_").joined(separator: " ") }

    /// The name of a column and the way to show its cells.
    private func presenter(_ noun: Noun?, _ table: String, _ column: String) throws -> (String, (Cell) throws -> Shown) {
        if let field = noun?.columns.first(where: { $0.column == column }) {
            guard let reference = field.reference else { return (field.name, { cell in try self.shop.local(field.present(cell)) }) }
            return (field.name, { cell in try self.referred(reference, cell) })
        }
        // Some twenty texts that say nothing new on the day: that they are kept is the change.
        if column == PaperTexts.column { return (column, { cell in cell.isNull ? .nothing : .text("kept") }) }
        let units: [(String, (Int) -> Shown)] = [
            ("_bp", { .percent(Percent(hundredths: $0)) }), ("_cents", { .money(Money(cents: $0)) }),
            ("_micros", { .rate(Rate(millionths: $0)) }), ("_millis", { .quantity(Quantity(thousandths: $0)) }),
            ("_um", { .length(Length(um: $0)) }), ("_ms", { .seconds(Seconds(ms: $0)) }),
        ]
        if let (suffix, show) = units.first(where: { column.hasSuffix($0.0) }) {
            return (String(column.dropLast(suffix.count)), { cell in if case .integer(let n) = cell { show(n) } else { .nothing } })
        }
        if let other = try references(of: table).first(where: { $0.column == column }) {
            return (History.words(other.table), { cell in try self.referred(other.table, cell) })
        }
        return (column, History.plain)
    }

    static func plain(_ cell: Cell) -> Shown {
        switch cell {
        case .null: .nothing
        case .integer(let n): .int(n)
        case .real(let x): .measure(x, unit: "")
        case .text(let text): .text(text)
        }
    }

    private func referred(_ table: String, _ cell: Cell) throws -> Shown {
        guard case .integer(let id) = cell else { return .nothing }
        return .text(try label(table, id, nil))
    }

    /// What a person calls a row: its code, or its parent's code and its place there.
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
        for column in ["number", shop.nouns.first { $0.name == table }?.code, "code"].compactMap({ $0 }) {
            if case .text(let code)? = try cell(column) { return code }
        }
        if let parent = try parent(of: table), case .integer(let parentID)? = try cell(parent.column) {
            let above = try self.label(parent.table, parentID, nil)
            for column in ["position", "version", "name"] {
                switch try cell(column) {
                case .integer(let n)?: return "\(above)/\(n)"
                case .text(let name)?: return "\(above)/\(name)"
                default: continue
                }
            }
            return above
        }
        for column in ["name", "sha256"] { if case .text(let name)? = try cell(column) { return String(name.prefix(40)) } }
        return "#\(id)"
    }

    /// What a row lies in: what the first of its columns that refers to something refers to.
    private func parent(of table: String) throws -> (column: String, table: String)? {
        let columns = try shop.columns(of: table)
        return try references(of: table).min { (columns.firstIndex(of: $0.column) ?? 0) < (columns.firstIndex(of: $1.column) ?? 0) }
    }

    private func references(of table: String) throws -> [(column: String, table: String)] {
        if let known = references[table] { return known }
        let found = try shop.data.all("SELECT \"from\", \"table\" FROM pragma_foreign_key_list(\(table))") {
            (column: $0.text(0), table: $0.text(1))
        }
        references[table] = found
        return found
    }
}
