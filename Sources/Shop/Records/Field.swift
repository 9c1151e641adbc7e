import Store
import Values

/// A value that can be typed, kept and shown: what a field of a noun holds.
package typealias FieldValue = Readable & Stored & Presentable

/// One field of a noun, declared once: from it come the options of `add` and `edit`, the columns of `list`, `show`, `import` and
/// `export`, and the words in which the history speaks of it.
package struct Field: Sendable {
    /// The name in CSV and JSON: snake_case, with its unit.
    package var name: String
    /// As it is typed: `-t, --thickness MM`. Empty for what cannot be set.
    package var option: String
    package var help: String
    /// What the history calls it.
    package var historyName: String
    /// The column in the noun's table.
    package var column: String
    /// How a list reads it; the column where nothing else is said.
    package var sql: SQL
    /// The same, where it depends on the day: what is overdue.
    package var sqlOn: (@Sendable (Day) -> SQL)?
    package var heading: Heading
    /// The noun whose code this is.
    package var reference: String?
    /// The word for it as an operand of `add`: `NAME`.
    package var operand: String?
    package var required = false
    /// What its values are where a word of another field is in front of it: the words there are, or a noun.
    package var led: [String: (words: [String], noun: String?)] = [:]
    /// Text of any kind, of which blanks may be a part.
    package var isFreeText = false
    /// There is an index on it: `--sort` takes it.
    package var sorts = false
    /// What a list is sorted by, made from how it reads the field; its values where nothing is said.
    package var order: (@Sendable (SQL) -> [SQL])?
    /// `list` takes it as a filter.
    package var filters = false
    /// What its index is made of, and the words of the rows that it leaves out.
    package var partial: (condition: SQL, without: [String])?
    /// Other names that it has in files.
    package var aliases: [Alias] = []
    /// `import` takes it though no option sets it.
    package var imports = false
    /// Other words for its values in files, in lower case.
    package var synonyms: [String: String] = [:]

    package var word: String
    /// What was wanted in place of a text that cannot be read, after "is not".
    package var wanted: @Sendable (String) -> String
    package var choices: [String]
    /// Reads what was typed; nil when it cannot be read.
    package var read: @Sendable (String, () throws -> Day) throws -> Cell?
    package var show: @Sendable (Row, Int) throws -> DisplayValue
    package var present: @Sendable (Cell) -> DisplayValue

    /// - Parameters:
    ///   - option: as it is typed, or empty for a field that is only shown.
    ///   - column: where it is kept, when that is not its name.
    ///   - sql: how it is read, when it is not simply its column.
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
        read = { text, today in try Value.read(text, today: today)?.cell }
        // What shows as text is kept as it shows: reading it again to check it would be most of the time of an export.
        if Value.shownType == .text {
            show = { row, i in try row.lent(i).map { .lent($0) } ?? .nothing }
        } else {
            show = { row, i in row.isNull(i) ? .nothing : (try row.get(i) as Value).shown }
        }
        // The history knows words that are no choice any more.
        present = { cell in Value(cell: cell)?.shown ?? History.plain(cell) }
    }

    /// A field that holds another noun's code.
    package init(
        _ name: String, to noun: String, _ option: String = "", _ help: String = "", sql: SQL? = nil, operand: String? = nil,
        required: Bool = false, wide: Bool = false, filters: Bool = true
    ) {
        self.init(
            name, String.self, option, help, column: name + "_id", sql: sql ?? "\(name: name).code", operand: operand, required: required,
            wide: wide, filters: filters)
        (reference, isFreeText, historyName) = (noun, false, History.words(name))
        word = "CODE"
    }

    /// The same, completed by what the word in front of it leads to.
    package func led(by words: [String: (words: [String], noun: String?)]) -> Field {
        var field = self
        field.led = words
        return field
    }

    /// The same, with an index of some rows only.
    package func indexed<Word: RawRepresentable<String>>(where condition: SQL, without words: Word...) -> Field {
        var field = self
        field.partial = (condition, words.map(\.rawValue))
        return field
    }

    /// The same, by another name in the history.
    func told(as name: String) -> Field {
        var field = self
        field.historyName = name
        return field
    }

    /// The same, with so many letters at most.
    package func short(_ most: Int = 200) -> Field {
        var field = self
        let (plain, wanted) = (read, wanted)
        field.read = { text, today in text.utf8.count > most && text.count > most ? nil : try plain(text, today) }
        field.wanted = { $0.count > most ? "a name of at most \(most) letters" : wanted($0) }
        return field
    }

    /// The same, read by a statement that depends on the day.
    package func on(_ sql: @escaping @Sendable (Day) -> SQL) -> Field {
        var field = self
        field.sqlOn = sql
        return field
    }

    /// The same, with a tone for each value on a terminal.
    package func toned(_ tone: @escaping @Sendable (String) -> Tone) -> Field {
        var field = self
        let (plain, presented) = (show, present)
        field.show = { row, i in Field.tone(try plain(row, i), tone) }
        field.present = { Field.tone(presented($0), tone) }
        return field
    }

    private static func tone(_ shown: DisplayValue, _ tone: (String) -> Tone) -> DisplayValue {
        switch shown {
        case .text(let word), .status(let word, _): .status(word, tone(word))
        default: shown
        }
    }

    package var isSettable: Bool { !option.isEmpty }
    /// `export` prints it and `import` takes it.
    package var isPortable: Bool { isSettable || imports }
}
