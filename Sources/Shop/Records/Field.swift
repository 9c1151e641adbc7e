import Store
import Values

/// A value of a noun's field, which can be typed, stored and shown.
package typealias FieldValue = Readable & Stored & Presentable

/// A field of a noun. The declaration determines the options of `add` and `edit`, the columns of `list`, `show`, `import` and `export`, and
/// the words of the history.
package struct Field: Sendable {
    /// The name in CSV and JSON: snake case, with the unit.
    package var name: String
    /// The option as typed: `-t, --thickness MM`. Empty if it cannot be set.
    package var option: String
    package var help: String
    /// The name in the history.
    package var historyName: String
    /// The column in the noun's table.
    package var column: String
    /// The SQL expression in a list; by default the column.
    package var sql: SQL
    /// The SQL expression if it depends on the day, as for overdue.
    package var sqlOn: (@Sendable (Day) -> SQL)?
    package var heading: Heading
    /// The noun whose code the field contains.
    package var reference: String?
    /// The table of the row that the column refers to, if the field shows something else of it than a code.
    var rowOf: String?
    /// The placeholder as an operand of `add`: `NAME`.
    package var operand: String?
    package var required = false
    /// The allowed values by the value of the field before it: a list of words, or the codes of a noun.
    package var led: [String: (words: [String], noun: String?)] = [:]
    /// Whether it is an amount, whose currency has to be the shop's.
    package var isAmount: Bool
    /// What stands between the columns of a file that make up this field.
    package var joint = " "
    /// Whether it is free text, in which blanks are significant.
    package var isFreeText = false
    /// Whether `--sort` accepts it; it then has an index.
    package var sorts = false
    /// Returns the sort terms for the field's SQL expression; by default the expression itself.
    package var order: (@Sendable (SQL) -> [SQL])?
    /// Whether `list` accepts it as a filter.
    package var filters = false
    /// The condition of its partial index, and the values that the index leaves out.
    package var partial: (condition: SQL, without: [String])?
    /// Other names of the column in files.
    package var aliases: [Alias] = []
    /// Writes the value into rows of another table, if it is kept in these and not in a column: the operations of a part. Receives the ids of
    /// the parent and of the row, which are the same for a noun; returns whether anything changed.
    var writesRows: (@Sendable (Shop, _ owner: Int, _ row: Int, Cell) throws -> Bool)?
    /// Whether a new record can take it from another: not what is true of one record only, such as a day, an address or notes.
    package var isShareable: Bool
    /// Whether its day is usually in the future when it is set, as a due day is.
    var liesAhead = false
    /// Whether `import` accepts it although there is no option.
    package var imports = false
    /// Other words for its values in files, in lower case.
    package var synonyms: [String: String] = [:]
    /// Words that other programs write into an empty cell, in lower case.
    package var wordsOfNothing: Set<String> = []

    package var word: String
    /// What a valid value is, for messages after "is not".
    package var wanted: @Sendable (String) -> String
    package var choices: [String]
    /// Reads a typed text; nil if it is not valid.
    package var read: @Sendable (String, () throws -> Day) throws -> Cell?
    package var show: @Sendable (Row, Int) throws -> DisplayValue
    package var present: @Sendable (Cell) -> DisplayValue

    /// - Parameters:
    ///   - option: the option as typed; empty for a read-only field.
    ///   - column: the column, if its name differs.
    ///   - sql: the expression, if it is not the column.
    package init<Value: FieldValue>(
        _ name: String, _ type: Value.Type, _ option: String = "", _ help: String = "", column: String? = nil, sql: SQL? = nil,
        operand: String? = nil, required: Bool = false, wide: Bool = false, sorts: Bool = false, filters: Bool = false, sums: Bool = false
    ) {
        (self.name, self.option, self.help, self.operand) = (name, option, help, operand)
        (self.required, self.sorts, self.filters) = (required || operand != nil, sorts, filters)
        (self.column, historyName) = (column ?? name, name)
        self.sql = sql ?? "\(name: column ?? name)"
        heading = Heading(name, Value.shownType, wide: wide, sums: sums)
        (word, choices) = (Value.word, Value.choices)
        wanted = { Value.wanted(for: $0) }
        isFreeText = Value.self == String.self
        isShareable =
            ![.day, .moment].contains(Value.shownType) && ![String.self, Email.self, Emails.self, Phone.self].contains { $0 == Value.self }
        isAmount = Value.shownType == .money || Value.shownType == .rate
        read = { text, today in try Value.read(text, today: today)?.cell }
        // Text is shown as stored. Reading it again to validate it would take most of the time of an export.
        if Value.shownType == .text {
            show = { row, i in try row.lent(i).map { .lent($0) } ?? .nothing }
        } else {
            show = { row, i in
                guard !row.isNull(i) else { return .nothing }
                // `get` is not specialized for the type, and repeats this only to describe what it refuses.
                return try Value(cell: row.cell(i))?.shown ?? (row.get(i) as Value).shown
            }
        }
        // The history may contain words that are no longer valid.
        present = { cell in Value(cell: cell)?.shown ?? History.plain(cell) }
    }

    /// A field with the code of another noun.
    package init(
        _ name: String, to noun: String, _ option: String = "", _ help: String = "", sql: SQL? = nil, operand: String? = nil,
        required: Bool = false, wide: Bool = false, filters: Bool = true
    ) {
        self.init(
            name, String.self, option, help, column: name + "_id", sql: sql ?? "\(name: name).code", operand: operand, required: required,
            wide: wide, filters: filters)
        (reference, isFreeText, isShareable, historyName) = (noun, false, true, History.words(name))
        word = "CODE"
    }

    /// The same field, with values that depend on the word before it.
    package func led(by words: [String: (words: [String], noun: String?)]) -> Field {
        var field = self
        field.led = words
        return field
    }

    /// The same field, with values that are rows of another table, which `writesRows` replaces. In a file it is unchanged if it is as its SQL
    /// reads it.
    func kept(by writesRows: @escaping @Sendable (Shop, _ owner: Int, _ row: Int, Cell) throws -> Bool) -> Field {
        var field = self
        field.writesRows = writesRows
        return field
    }

    /// The same field, with a partial index.
    package func indexed<Word: RawRepresentable<String>>(where condition: SQL, without words: Word...) -> Field {
        var field = self
        field.partial = (condition, words.map(\.rawValue))
        return field
    }

    /// The same field, which a new record does not take from another.
    func unshared() -> Field {
        var field = self
        field.isShareable = false
        return field
    }

    /// The same field, whose day is usually in the future when it is set.
    func ahead() -> Field {
        var field = self
        field.liesAhead = true
        return field
    }

    /// The same field, shown as its type writes it and not as the SQL reads it.
    func written<Value: FieldValue>(as type: Value.Type) -> Field {
        var field = self
        field.show = { row, i in row.isNull(i) ? .nothing : try (row.get(i) as Value).shown }
        return field
    }

    /// The same field, whose parts are lines.
    func inLines() -> Field {
        var field = self
        field.joint = "\n"
        return field
    }

    /// The same field, with another name in the history.
    func told(as name: String) -> Field {
        var field = self
        field.historyName = name
        return field
    }

    /// The same field, whose column refers to a row of another table.
    func naming(rowOf table: String) -> Field {
        var field = self
        field.rowOf = table
        return field
    }

    /// The same field, with a maximum length in characters.
    package func short(_ most: Int = 200) -> Field {
        var field = self
        let (plain, wanted) = (read, wanted)
        field.read = { text, today in text.utf8.count > most && text.count > most ? nil : try plain(text, today) }
        field.wanted = { $0.count > most ? "a name of at most \(most) letters" : wanted($0) }
        return field
    }

    /// The same field, read by SQL that depends on the day.
    package func on(_ sql: @escaping @Sendable (Day) -> SQL) -> Field {
        var field = self
        field.sqlOn = sql
        return field
    }

    /// The same field, with a tone for each value on a terminal.
    package func toned(_ tone: @escaping @Sendable (String) -> Tone) -> Field {
        var field = self
        let (plain, presented) = (show, present)
        field.show = { row, i in Field.tone(try plain(row, i), tone) }
        field.present = { Field.tone(presented($0), tone) }
        return field
    }

    /// The same field, with a value that is stored as NULL, as rows have it that were stored before the column existed.
    func absent<Value: FieldValue>(as value: Value) -> Field {
        var field = self
        let (plain, presented) = (read, present)
        field.sql = "coalesce(\(sql), \(value.cell))"
        field.read = { text, today in
            let cell = try plain(text, today)
            return cell == value.cell ? .null : cell
        }
        field.present = { presented($0.isNull ? value.cell : $0) }
        return field
    }

    /// The name of the record whose code is in the field before: only in tables, and where `--fields` names it.
    static func name(of noun: String, wide: Bool = false) -> Field {
        var field = Field("\(noun)_name", Line.self, sql: "\(name: noun).name", wide: wide)
        field.heading.audience = .people
        return field
    }

    /// Leaves the field out of tables of rows that all have no value for it.
    func optional() -> Field {
        var field = self
        field.heading.isOptional = true
        return field
    }

    /// Leaves the field out of tables.
    func forPrograms() -> Field {
        var field = self
        field.heading.audience = .programs
        return field
    }

    private static func tone(_ shown: DisplayValue, _ tone: (String) -> Tone) -> DisplayValue {
        switch shown {
        case .text(let word), .status(let word, _): .status(word, tone(word))
        default: shown
        }
    }

    package var isSettable: Bool { !option.isEmpty }
    /// Whether `export` prints it and `import` accepts it.
    package var isPortable: Bool { isSettable || imports }
}
