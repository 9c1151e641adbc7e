import Glibc
import Values

@testable import Shop
@testable import Store
@testable import Commands

/// An alteration of the data by another program, and the expected messages.
struct Tampering {
    /// The description in the message of a failing test.
    var what: String
    var act: (Workshop) throws -> Void
    /// Texts that must appear in one of the faults.
    var expected: [String]

    static func sql(_ sql: String, _ expected: String...) -> Tampering {
        Tampering(what: sql, act: { try $0.tamper(sql) }, expected: expected)
    }
}

/// Chooses random alterations.
struct Tamperer {
    let workshop: Workshop
    let data: Database
    let history: History
    let tables: [String]
    let last: Int
    /// The last entry whose changes are dropped.
    let dropped: Int
    var random: Seeded

    init(_ workshop: Workshop, seed: UInt64) throws {
        let shop = try workshop.opened()
        (self.workshop, data, history, random) = (workshop, shop.data, History(shop), Seeded(seed))
        tables = try Session.tables(data).filter { table in try shop.data.one("SELECT 1 FROM \(name: table) LIMIT 1") { _ in true } ?? false
        }
        last = try workshop.lastEntry()
        dropped = try Checkpoint(last: data)?.through ?? 0
    }

    private static let kinds: [@Sendable (inout Tamperer) throws -> Tampering] = [
        { try $0.cell() }, { try $0.cell() }, { try $0.cell() }, { try $0.exchange() }, { try $0.removedRow() }, { try $0.addedRow() },
        { try $0.entryColumn() }, { try $0.changes() }, { try $0.entry() }, { try $0.note() }, { try $0.counter() }, { try $0.schema() },
        { try $0.sum() }, { try $0.file() }, { try $0.forgery() }, { try $0.columns() },
    ]

    mutating func next() throws -> Tampering { try Self.kinds.randomElement(using: &random)!(&self) }

    private mutating func pick<Value>(_ values: [Value]) throws -> Value {
        guard let value = values.randomElement(using: &random) else { throw Failure(.defect, .file, "there is nothing to tamper with") }
        return value
    }

    private mutating func row(of table: String? = nil) throws -> (table: String, id: Int, label: String) {
        let table = try table ?? pick(tables)
        let id = try pick(try data.all("SELECT id FROM \(name: table)") { $0.int(0) })
        return (table, id, "\(History.words(table)) \(try history.label(table, id, nil))")
    }

    /// Changes the value of a cell.
    private mutating func cell() throws -> Tampering {
        let (table, id, label) = try row()
        let columns = try data.all("SELECT name, type FROM pragma_table_info(\(table)) WHERE cid > 0") { ($0.text(0), $0.text(1)) }
        let (column, type) = try pick(columns), presented = history.presenter(of: column, in: table).name
        let name = ["_mm", "_s"].first { presented.hasSuffix($0) }.map { presented.dropLast($0.count) } ?? presented[...]
        let isNull = try data.one("SELECT \(name: column) IS NULL FROM \(name: table) WHERE id = \(id)") { $0.int(0) } == 1
        let value =
            type == "INTEGER" ? "coalesce(\(column), 0) + \(Int.random(in: 1...9, using: &random))" : "coalesce(\(column), '') || '~'"
        let isCleared = !isNull && Bool.random(using: &random)
        let nothing = type == "INTEGER" ? "coalesce(nullif(0, \(column)), 1)" : "''"
        // Triggers protect issued documents; an attacker drops and recreates them.
        let triggers = try data.all("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'") { ($0.text(0), $0.text(1)) }
        let sql = "UPDATE \(table) SET \(column) = \(isCleared ? nothing : value) WHERE id = \(id)"
        return Tampering(
            what: sql, act: { try $0.tamper(Self.without(triggers, sql)) }, expected: ["\(label): \(name) is ", " the journal says"])
    }

    private static func without(_ triggers: [(String, String)], _ sql: String) -> String {
        triggers.map { "DROP TRIGGER \($0.0);" }.joined() + sql + ";" + triggers.map { $0.1 + ";" }.joined()
    }

    /// Swaps the values of two rows.
    private mutating func exchange() throws -> Tampering {
        let first = try row(of: "quote_term")
        let other = try pick(
            try data.all("SELECT id FROM quote_term WHERE name <> (SELECT name FROM quote_term WHERE id = \(first.id))") { $0.int(0) })
        return .sql(
            "CREATE TEMP TABLE t AS SELECT id, name FROM quote_term WHERE id IN (\(first.id), \(other)); UPDATE quote_term SET name = (SELECT name FROM t WHERE t.id <> quote_term.id) WHERE id IN (\(first.id), \(other))",
            "\(first.label): name is ", " the journal says")
    }

    private mutating func removedRow() throws -> Tampering {
        let (table, id, label) = try row()
        let triggers = try data.all("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'") { ($0.text(0), $0.text(1)) }
        let sql = "DELETE FROM \(table) WHERE id = \(id)"
        return Tampering(what: sql, act: { try $0.tamper(Self.without(triggers, sql)) }, expected: ["\(label) is missing: entry "])
    }

    private mutating func addedRow() throws -> Tampering {
        let (table, id, _) = try row(of: try pick(["client", "contact", "material", "quote_term", "setting", "project"])), new = 1000 + id
        let unique = ["client": "code", "contact": "code", "material": "code", "setting": "name", "project": "code"][table]
        let columns = try data.all("SELECT name FROM pragma_table_info(\(table)) WHERE cid > 0") { $0.text(0) }
        let values = columns.map { $0 == unique ? "\($0) || '-X'" : $0 }.joined(separator: ", ")
        let sql = "INSERT INTO \(table) (id, \(columns.joined(separator: ", "))) SELECT \(new), \(values) FROM \(table) WHERE id = \(id)"
        return .sql(sql, "\(History.words(table)) ", " is in no entry")
    }

    private mutating func entryColumn() throws -> Tampering {
        let (column, expression) = try pick(JournalTests.columns.sorted { $0.key < $1.key }),
            entry = Int.random(in: 1...last, using: &random)
        return .sql("UPDATE journal SET \(column) = \(expression) WHERE id = \(entry)", "entry \(entry) ")
    }

    /// A random entry whose changes were not dropped.
    private mutating func keptEntry() throws -> Int { try pick(try data.all("SELECT DISTINCT entry FROM journal_part") { $0.int(0) }) }

    private mutating func changes() throws -> Tampering {
        let entry = try keptEntry(), fault = "the changes of entry \(entry) were altered"
        let size = try data.one("SELECT length(bytes) FROM journal_part WHERE entry = \(entry) AND part = 0") { $0.int(0) } ?? 1
        let place = Int.random(in: 1...size, using: &random), byte = "substr(bytes, \(place), 1)"
        let other = "CASE hex(\(byte)) WHEN '41' THEN x'42' ELSE x'41' END"
        let sql = [
            "UPDATE journal_part SET bytes = CAST(substr(bytes, 1, \(place - 1)) || \(other) || substr(bytes, \(place + 1)) AS BLOB) WHERE entry = \(entry) AND part = 0",
            "INSERT INTO journal_part (entry, part, bytes) VALUES (\(entry), 1, x'00')",
            "UPDATE journal_part SET part = part + 1 WHERE entry = \(entry)", "UPDATE journal_part SET bytes = x'' WHERE entry = \(entry)",
            "UPDATE journal_part SET bytes = CAST(bytes || bytes AS BLOB) WHERE entry = \(entry)",
        ]
        return .sql(try pick(sql), fault)
    }

    private mutating func entry() throws -> Tampering {
        let entry = try keptEntry(), other = Int.random(in: 1...last, using: &random)
        switch Int.random(in: 0..<5, using: &random) {
        case 0:
            return .sql(
                "DELETE FROM journal WHERE id = \(other)",
                other == last ? "there are changes of entry \(last)" : "entry \(other) is missing")
        case 1: return .sql("UPDATE journal SET id = \(last + 2) WHERE id = \(last)", "\(last)", " missing")
        case 2: return .sql("DELETE FROM journal_part WHERE entry = \(entry)", "the changes of entry \(entry) are missing")
        case 3:
            return .sql(
                "INSERT INTO journal (id, kind, at, who, words, sentence, schema, bytes, digest, previous, hash) SELECT id + 1, kind, at, who, words, sentence, schema, 0, digest, hash, hash FROM journal ORDER BY id DESC LIMIT 1",
                "entry \(last + 1) was altered")
        default:
            return .sql(
                "INSERT INTO journal_part (entry, part, bytes) VALUES (\(last + 9), 0, x'5401')", "there are changes of entry \(last + 9)")
        }
    }

    private mutating func note() throws -> Tampering {
        let entry = try pick(try data.all("SELECT entry FROM journal_table") { $0.int(0) })
        let sql = [
            "DELETE FROM journal_table WHERE entry = \(entry)", "UPDATE journal_table SET lowest = lowest - 1 WHERE entry = \(entry)",
            "UPDATE journal_table SET made = coalesce(made + 1, 5) WHERE entry = \(entry)",
            "UPDATE journal_table SET name = name || 's' WHERE entry = \(entry)",
            "INSERT INTO journal_table (entry, name, lowest, highest, changes) VALUES (\(entry), 'client', 1, 9, 9)",
        ]
        let fault = entry <= dropped ? "entries 1 to \(dropped) changed" : "entry \(entry) changed"
        return .sql(try pick(sql), "journal_table does not tell what \(fault)")
    }

    private mutating func counter() throws -> Tampering {
        if Bool.random(using: &random) {
            let (table, seq) = try pick(
                try data.all("SELECT name, seq FROM sqlite_sequence WHERE seq > 0") { ($0.text(0), $0.int(1)) }.filter {
                    tables.contains($0.0)
                })
            let sql = ["UPDATE sqlite_sequence SET seq = \(Int.random(in: 0..<seq, using: &random))", "DELETE FROM sqlite_sequence"]
            return .sql("\(try pick(sql)) WHERE name = '\(table)'", "the ids of \(table) go on behind ")
        }
        let (series, value) = try pick(try data.all("SELECT series, value FROM aux_counter") { ($0.text(0), $0.int(1)) })
        let sql = ["UPDATE aux_counter SET value = \(Int.random(in: 0..<value, using: &random))", "DELETE FROM aux_counter"]
        return .sql("\(try pick(sql)) WHERE series = '\(series)'", "the counter of \(series) ", " was given")
    }

    private mutating func schema() throws -> Tampering {
        let (type, name) = try pick(
            try data.all("SELECT type, name FROM sqlite_schema WHERE type IN ('trigger', 'index') AND name NOT LIKE 'sqlite%'") {
                ($0.text(0), $0.text(1))
            })
        let table = try pick(tables)
        switch Int.random(in: 0..<6, using: &random) {
        case 0, 1: return .sql("DROP \(type) \(name)", "the \(type) \(name) is gone")
        case 2:
            return .sql("CREATE TRIGGER thief AFTER INSERT ON \(table) BEGIN SELECT 1; END", "the trigger thief was not made by laseros")
        case 3: return .sql("CREATE UNIQUE INDEX trap ON \(table) (id)", "the index trap was not made by laseros")
        case 4: return .sql("ALTER TABLE \(table) ADD COLUMN extra TEXT DEFAULT 'x'", "the table \(table) was altered")
        default:
            let trigger = try pick(try data.all("SELECT name FROM sqlite_schema WHERE type = 'trigger'") { $0.text(0) })
            return .sql(
                "DROP TRIGGER \(trigger); CREATE TRIGGER \(trigger) BEFORE INSERT ON \(table) BEGIN SELECT 1; END",
                "the trigger \(trigger) was altered")
        }
    }

    private mutating func sum() throws -> Tampering {
        let (id, number) = try pick(try data.all("SELECT id, number FROM invoice WHERE number IS NOT NULL") { ($0.int(0), $0.text(1)) })
        let sql = [
            "UPDATE aux_invoice SET paid_cents = paid_cents + \(Int.random(in: 1...99, using: &random)) WHERE invoice_id = \(id)",
            "UPDATE aux_invoice SET total_cents = total_cents - \(Int.random(in: 1...99, using: &random)) WHERE invoice_id = \(id)",
            "DELETE FROM aux_invoice WHERE invoice_id = \(id)",
        ]
        return .sql(try pick(sql), "invoice \(number): ", " kept")
    }

    private mutating func file() throws -> Tampering {
        let sha256 = try pick(try data.all("SELECT DISTINCT sha256 FROM file") { $0.text(0) })
        let act = try pick([
            "rm $1", "truncate -s +1 $1", "printf '\\1' | dd of=$1 bs=1 seek=9 conv=notrunc 2>/dev/null", "ln -sf /etc/passwd $1", "> $1",
        ])
        return Tampering(
            what: act,
            act: { try Subprocess.demand(["sh", "-c", act, "sh", "\($0.shop)/files/\(sha256.prefix(2))/\(sha256)"]) },
            expected: ["file ", "/\(sha256))"])
    }

    /// Changes a text in an old changeset and recalculates the whole chain, so that it is valid.
    private mutating func forgery() throws -> Tampering {
        let first = try data.lastCheckpoint() ?? 0
        let entry = try pick(
            try data.all(
                """
                SELECT entry FROM journal_table JOIN journal ON journal.id = entry
                WHERE entry > \(first) AND undone_by IS NULL AND made IS NOT NULL AND name = 'client'
                """
            ) { $0.int(0) })
        let sql = "UPDATE journal_part SET bytes = CAST(replace(CAST(bytes AS TEXT), '2026-08', '2025-08') AS BLOB) WHERE entry = \(entry)"
        return Tampering(
            what: sql + " and new hashes",
            act: { workshop in
                try workshop.tamper(sql)
                try workshop.forgeHashes()
            }, expected: ["client CL-", ": created_at is 2026-08-23 10:00, the journal says 2025-08-23 10:00"])
    }

    private mutating func columns() throws -> Tampering {
        let table = try pick(tables)
        let sql = [
            "UPDATE journal_schema SET columns = replace(columns, 'id', 'ix')", "DELETE FROM journal_schema",
            "UPDATE journal_schema SET version = 9", "UPDATE journal_schema SET columns = '['",
        ]
        return .sql(
            "\(try pick(sql)) WHERE name = '\(table)' AND version = \(Shop.newest)",
            "journal_schema is wrong about the columns of \(table) in version ")
    }
}
