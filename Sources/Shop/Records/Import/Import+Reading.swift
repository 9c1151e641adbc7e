import Store
import Values

/// Converts the texts of a row to values of the noun's fields.
extension Import {
    /// A reference of a row to a record of the same noun that is not there yet.
    struct ForwardReference: Hashable { var line: Int, field: Int }

    /// The column, the child, and its rows; nil if there are to be none.
    typealias ChildRows = [(column: String, child: Int, said: UnreadRows?)]

    /// Reads a row without access to the database. If it is needed again it is read again, which is cheaper than copying every row.
    func read(_ line: Int, _ said: (Int) -> FileCell) throws -> (record: Record, children: ChildRows) {
        var record = empty, rows: ChildRows = []
        for (i, target) in targets.enumerated() {
            switch (target, joins.isEmpty ? said(i) : joined(i, said)) {
            case (.field, .text("")), (.code, .text("")): continue
            case (.code, .text(let typed)), (.code, .number(_, let typed)):
                guard case let code = typed.strippedOfBlanks, !code.isEmpty else { continue }
                record.code = code
                if doubtsCodes { try demandNoPostcode(code, columns[i], line) }
            case (.field(let f, let unit), .text(let typed)): record.cells[f] = try read(typed, typed, unit, f, line, columns[i])
            case (.field(let f, let unit), .number(let plain, let typed)):
                record.cells[f] = try read(plain, typed, unit, f, line, columns[i])
            case (.field(let f, _), .cleared): record.cells[f] = .null
            case (.field, .wrong(let message)): try fault(line, columns[i], message)
            case (.rows(let c), .cleared): rows.append((columns[i], c, nil))
            case (.rows(let c), .unread(let said)): rows.append((columns[i], c, said))
            default: continue
            }
        }
        return (record, rows)
    }

    /// The cell of a column, or of all columns that make up its field: empty ones are left out.
    private func joined(_ i: Int, _ said: (Int) -> FileCell) -> FileCell {
        guard let parts = joins[i], case .field(let f, _) = targets[i] else { return said(i) }
        var texts: [String] = [], isCleared = false
        for part in parts {
            switch said(part) {
            case .text(let text), .number(_, let text):
                if case let text = text.strippedOfBlanks, !text.isEmpty { texts.append(text) }
            case .cleared: isCleared = true
            case .nothing: continue
            case let other: return other
            }
        }
        return texts.isEmpty ? isCleared ? .cleared : .nothing : .text(texts.joined(separator: fields[f].joint))
    }

    /// - Throws: `input` if the code is a plain number that no record has, in a file where it stands for the postcode of an address.
    private func demandNoPostcode(_ code: String, _ column: String, _ line: Int) throws {
        guard code.utf8.contains(where: { (48...57).contains($0) }),
            code.utf8.allSatisfy({ (48...57).contains($0) || $0 == UInt8(ascii: "-") }),
            try shop.data.one("SELECT 1 FROM \(name: noun.name) WHERE \(name: noun.code) = \(code)", { _ in true }) == nil
        else { return }
        let address = targets.firstIndex { target in
            if case .field(let i, _) = target { noun.fields[i].name == "address" } else { false }
        }
        let parts = address.map { joins[$0] ?? [$0] }?.map { columns[$0] } ?? []
        let joined = ShellLine.text(["\((parts + [column]).joined(separator: "|"))=address"])
        throw Failure(
            .input, .importColumns, "\(file):\(line): '\(code)' in column \(column) looks like a postcode, not like \(article(noun.word))'s code",
            hint: "--map \(joined) if it is one, --map \(column)=code if it is the code, --map \(column)=- to leave it out")
    }

    func read(_ text: String, _ typed: String, _ unit: String, _ f: Int, _ line: Int, _ column: String) throws -> Cell? {
        // Spreadsheets put blanks around numbers and dates in some formats.
        let text = areFreeText[f] ? text : text.strippedOfBlanks
        if text.isEmpty || !wordsOfNothing[f].isEmpty && wordsOfNothing[f].contains(text.folded) { return nil }
        if let reference = references[f] { return try referred(text, reference, f, line, column) }
        let isBare = !unit.isEmpty && text.utf8.last.map { (48...57).contains($0) } == true
        guard try !areAmounts[f] || shop.isOwnCurrency(text) else {
            try fault(line, column, "'\(typed)' is not an amount in \(shop.setting(Settings.currency).text)")
            return nil
        }
        if let cell = try local(text, f) ?? readers[f](isBare ? text + unit : text, shop.today) { return cell }
        if let word = fields[f].synonyms[text.folded], let cell = try readers[f](word, shop.today) { return cell }
        try fault(line, column, "'\(typed)' is not \(fields[f].wanted(text))")
        return nil
    }

    /// Reads a date-time, whose day depends on the shop's time zone.
    /// - Returns: nil for anything else.
    private func local(_ text: String, _ f: Int) throws -> Cell? {
        guard types[f] == .day, text.utf8.count > 10, let moment = Moment(reading: text) else { return nil }
        return try moment.day(offset: shop.offset(at: moment)).cell
    }

    private func referred(_ typed: String, _ reference: String, _ f: Int, _ line: Int, _ column: String) throws -> Cell? {
        switch try meanings.meaning(of: typed, to: reference, in: shop) {
        case .thing(let id): return .integer(id)
        case .nothing(let message):
            if reference == noun.name, f < noun.fields.count {
                forward[ForwardReference(line: line, field: f)] = (typed, column)
            } else {
                try fault(line, column, message)
            }
            return nil
        }
    }

    /// Writes the references to records that are further down in the file.
    func writeForwardReferences() throws {
        guard !forward.isEmpty else { return }
        let rows = Dictionary(outcomes.indices.map { (outcomes[$0].line, $0) }) { first, _ in first }
        // What was not found before may be there now.
        var meanings = ImportReferences()
        for (place, said) in forward.sorted(by: { ($0.key.line, $0.key.field) < ($1.key.line, $1.key.field) }) {
            guard let row = rows[place.line], let id = outcomes[row].id, outcomes[row].result != .skipped else { continue }
            switch try meanings.meaning(of: said.typed, to: noun.name, in: shop) {
            case .nothing(let message): try fault(place.line, said.column, message)
            case .thing(let other):
                var record = Record(noun, id: id)
                record.cells[place.field] = .integer(other)
                do { try noun.check(shop, &record) } catch let failure as Failure where failure.kind == .refused {
                    try fault(place.line, said.column, failure.message)
                    continue
                }
                let column = noun.fields[place.field].column
                try shop.data.run(
                    """
                    UPDATE \(name: noun.name) SET \(name: column) = \(other)
                    WHERE id = \(id) AND \(name: column) IS NOT \(other)
                    """)
                if shop.data.changed > 0, outcomes[row].result == .same { outcomes[row].result = .changed }
            }
        }
    }
}
