import Security
import Store
import Values

/// A journal entry as typed: its number, or `last`.
package enum EntryName: Readable {
    case number(Int), last

    package static let word = "ENTRY"
    package static let expected = "the number of an entry, or last"

    package init?(reading text: String) {
        if text.lowercased() == "last" {
            self = .last
        } else if let number = Int(reading: text), number > 0 {
            self = .number(number)
        } else {
            return nil
        }
    }
}

/// The hash of an entry that a user has noted outside the shop.
package struct EntryHash: Readable, Sendable {
    package static let word = "HASH"
    package static let expected = "the hash of an entry: 64 hexadecimal digits"
    package var text: String

    package init?(reading text: String) {
        guard Digest.isOne(text.lowercased()) else { return nil }
        self.text = text.lowercased()
    }
}

extension Shop {
    /// The number of an entry; for `last`, this user's last entry.
    package func entryNumber(_ name: EntryName) throws -> Int {
        switch name {
        case .number(let number): return number
        case .last:
            guard let last = try data.one("SELECT max(id) FROM journal WHERE who = \(who)", { try $0.get(0) as Int? }), let last else {
                throw Failure(.notFound, .log, "\(who) has changed nothing yet", hint: "laseros log")
            }
            return last
        }
    }

    package static let entryHeadings = [
        Heading("entry", .int), Heading("at", .moment), Heading("who", .text), Heading("kind", .status, wide: true),
        Heading("sentence", .text),
        Heading("undone_by", .int), Heading("changes", .int, wide: true), Heading("command", .text, wide: true),
        Heading("hash", .text, wide: true),
    ]

    /// The journal, newest first; optionally only the entries of one record and its child rows.
    package func log(of thing: (noun: Noun, id: Int)? = nil, limit: Int? = nil) throws -> Listing {
        let zone = { try self.offset(at: $0) }
        return Listing(Shop.entryHeadings) { body in
            var left = limit ?? .max
            var touching = try thing.map { try RecordEntries(self, of: $0) }
            try self.data.each(Shop.entries(touching?.numbers, limit)) { row in
                guard try left > 0 && touching?.hasTouched(row.int(0)) != false else { return }
                left -= 1
                let at: Moment = try row.get(1)
                try body([
                    .int(row.int(0)), .moment(at, offset: try zone(at)), .text(row.text(2)), .status(row.text(3), .plain),
                    .text(row.text(4)),
                    row.isNull(5) ? .nothing : .int(row.int(5)), .int(row.int(7)), .text("laseros " + row.text(6)), .text(row.text(8)),
                ])
            }
        }
    }

    package static let recordChangeHeadings =
        [Heading("entry", .int), Heading("at", .moment), Heading("who", .text)] + History.headings

    /// What was changed in a record and its child rows, field by field, the newest entry first.
    package func changes(of thing: (noun: Noun, id: Int), limit: Int?) -> Listing {
        Listing(Shop.recordChangeHeadings) { body in
            var touching = try RecordEntries(self, of: thing), left = limit ?? .max
            let history = History(self)
            for number in touching.numbers.sorted(by: >) where left > 0 {
                guard try touching.hasTouched(number), let entry = try self.data.entry(number) else { continue }
                left -= 1
                let at = DisplayValue.moment(entry.at, offset: try self.offset(at: entry.at))
                try history.changes(of: entry, in: &touching) { try body([.int(number), at, .text(entry.who)] + $0) }
            }
        }
    }

    /// - Parameter numbers: the entries to list; nil for all.
    private static func entries(_ numbers: [Int]?, _ limit: Int?) -> SQL {
        let columns: SQL = """
            journal.id, at, who, kind, sentence, undone_by, words,
            (SELECT sum(changes) FROM journal_table t WHERE t.entry = journal.id), hash
            """
        guard let numbers else { return "SELECT \(columns) FROM journal ORDER BY id DESC LIMIT \(limit ?? -1)" }
        return "SELECT \(columns) FROM journal WHERE id IN (\(SQL.ids(numbers))) ORDER BY id DESC"
    }

    /// Finds the entry that `undo` or `redo` refers to. Without a number, a new change ends what can be redone, as in an editor.
    package func standing(_ kind: Entry.Kind, _ number: Int?) throws -> Entry {
        guard let number else {
            guard let last = try data.lastStanding(kind, by: who) else {
                throw Failure(.notFound, .log, "\(who) has nothing to \(kind == .undo ? "redo" : "undo")", hint: "laseros log")
            }
            try data.demandChanges(of: last)
            if kind == .undo, let newer = try data.lastChange(by: who), newer.id > last.id {
                throw Failure(
                    .refused, .log, "entry \(last.id) (\(last.sentence)) was followed by entry \(newer.id) (\(newer.sentence))",
                    hint: "laseros redo \(last.id)")
            }
            return last
        }
        guard let entry = try data.entry(number) else { throw Failure(.notFound, .log, "there is no entry \(number)", hint: "laseros log") }
        guard entry.kind.canBeUndone else {
            throw Failure(.refused, .log, "entry \(number) cannot be undone: \(entry.sentence)")
        }
        try data.demandChanges(of: entry)
        if let by = entry.undoneBy {
            throw Failure(.refused, .log, "entry \(number) was undone already by entry \(by)", hint: "laseros redo \(by)")
        }
        return entry
    }

    /// The effect of undoing an entry: the original change, and whether it is in effect afterwards.
    package func effect(ofTakingBack entry: Entry) throws -> (root: Entry, isDone: Bool) {
        var root = entry, isDone = false
        while let number = root.undoes, let earlier = try data.entry(number) { (root, isDone) = (earlier, !isDone) }
        return (root, isDone)
    }

    /// Applies the inverse of an entry's changes, or throws every reason why that is not possible.
    package func takeBack(_ entry: Entry) throws {
        let before = try owners(ofMovesIn: entry), concerned = try concerned(by: ranges(of: entry))
        let (conflicts, touched) = try data.revert(entry), history = History(self)
        var lines = try conflicts.map { conflict in
            conflict.table.isEmpty
                ? conflict.reason
                : "\(History.words(conflict.table)) \(try history.label(conflict.table, conflict.id, nil)) \(conflict.reason)"
        }
        if lines.isEmpty {
            if let moves = touched[Noun.moveTable] {
                for noun in nouns {
                    lines += try movedSince(noun, among: owners(noun, ofMoves: moves).union(before[noun.name] ?? []))
                }
            }
            for noun in nouns { lines += try noun.contradictions?(self, touched) ?? [] }
            for rule in nouns.flatMap({ $0.distinct + $0.paths.compactMap(\.child.distinct) }) {
                guard let ids = touched[rule.table] else { continue }
                lines += try twins(rule, among: ids).map { twins in
                    "\(History.words(rule.table)) \(try history.label(rule.table, twins.id, nil)) cannot be undone: \(rule.sentence)"
                }
            }
        }
        guard !lines.isEmpty else {
            // An entry of a version without stored transitions changes the state alone.
            for noun in nouns { if let ids = touched[noun.name] { try keepMoves(noun, "undo", among: ids) } }
            try settle(concerned, by: touched)
            return forgetSettings()
        }
        let shown = lines.prefix(10).joined(separator: "; ") + (lines.count > 10 ? "; and \(lines.count - 10) more" : "")
        throw Failure(.refused, .log, "entry \(entry.id) cannot be undone: \(shown)", hint: "laseros log show \(entry.id)")
    }

    /// The ids that an entry has touched, by table.
    private func ranges(of entry: Entry) throws -> [String: ClosedRange<Int>] {
        let ranges = try data.all("SELECT name, lowest, highest FROM journal_table WHERE entry = \(entry.id)") {
            ($0.text(0), $0.int(1)...$0.int(2))
        }
        return Dictionary(ranges) { first, _ in first }
    }

    /// The records, by noun, that depend on these rows.
    func concerned(by ids: [String: ClosedRange<Int>]) throws -> [String: Set<Int>] {
        try nouns.reduce(into: [:]) { found, noun in found[noun.name] = try noun.settlement?.concerned(self, ids) }
    }

    /// Brings records up to date that depend on rows which were undone.
    func settle(_ before: [String: Set<Int>], by touched: [String: ClosedRange<Int>]) throws {
        let after = try concerned(by: touched)
        for noun in nouns {
            let ids = (before[noun.name] ?? []).union(after[noun.name] ?? [])
            for id in ids.sorted() { try noun.settlement?.settle(self, id) }
        }
    }

    /// The records, by noun, whose transitions an entry has stored or removed, as far as these are there.
    private func owners(ofMovesIn entry: Entry) throws -> [String: Set<Int>] {
        let moves = try data.one("SELECT lowest, highest FROM journal_table WHERE entry = \(entry.id) AND name = \(Noun.moveTable)") {
            $0.int(0)...$0.int(1)
        }
        guard let moves else { return [:] }
        return Dictionary(uniqueKeysWithValues: try nouns.map { ($0.name, try owners($0, ofMoves: moves)) })
    }
}
