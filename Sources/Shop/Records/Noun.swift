import Store
import Values

/// A kind of record: its table, its fields, and the rules that fields cannot express.
package struct Noun: Sendable {
    /// Where the code of a record comes from.
    package enum Coding: Sendable {
        /// The user types it.
        case typed
        /// The next number of a series: `CL-0001`.
        case series(String, digits: Int)
        /// Computed from other fields of the new record, with a fixed prefix: `JB-`.
        case made(String, @Sendable (Shop, Record) throws -> String)
    }

    /// The common name of the table, type, source file, commands and transcript.
    package var name: String
    package var plural: String
    /// The word for a record in sentences: `item` for `inv`.
    package var word: String
    /// The words of its commands before the verb: `queue run`; else the name.
    package var command: String
    /// All words of the command that lists the records, if these are not `NOUN list`.
    var ownListCommand: String?
    package var listCommand: String { ownListCommand ?? "\(command) list" }
    /// One line for help: `The shop's customers`.
    package var summary: String
    package var coding: Coding
    /// The column with the code.
    package var code = "code"
    /// The SQL expression of the code in a list.
    package var codeSQL: SQL?
    /// The SQL expression of the code by which a list is ordered, if an index of another of its tables has it; nil for the code itself.
    var codeOrder: SQL?
    /// Finds the records that a word means which is not a code: the entries of a project. Nil if it means none.
    var finds: (@Sendable (Shop, String, Shop.Guess) throws -> [RecordID]?)?
    /// The column with a record's first code, by which it can still be found.
    package var formerCode: String?
    /// The table with the codes of records that were merged into others, and its column with the id of that one.
    var mergedCodes: (table: String, column: String)?
    /// The words for what users want who cannot remove a record: `archive CODE`.
    var insteadOfRemoval: String?
    /// The FROM clause: `client`, or with joins `project JOIN client ON client.id = project.client_id`.
    package var from: SQL
    package var fields: [Field] { didSet { names = fields.map(\.name) } }
    /// The names of the fields. Comparing them is faster than looking into each field.
    private var names: [String]
    /// Fields that only `show` has, because they are read from other tables for each row.
    package var shown: [Field] = []
    /// Columns that no listing shows, for the history.
    var unlisted: [Field] = []
    /// The child rows, which are removed with the record.
    var children: [Child] = []
    /// The default order of a list, as for `--sort`.
    package var order = "code"
    package var filters: [Filter] = []
    /// Predefined filters with a name: `@overdue`.
    package var named: [Named] = []
    /// What a list shows by default; nil for everything.
    package var live: Live?
    /// The fields that identify a row without a code in an import.
    package var identity: [String] = []
    /// Finds a row without a code, if equal fields are not enough.
    package var recognise: (@Sendable (Shop, Record) throws -> Int?)?
    /// Whether a row of a file without a code that says nothing new about a record is that record.
    package var recognisesRepeats = false
    /// Finds records that seem to be the same as a new one.
    package var likeness: Likeness?
    /// The words of columns that make a file one of addresses, where a column named `Code` is the postcode.
    var addressWords: Set<String> = []
    /// What must be unique besides the code, in this table and those of its parts.
    package var distinct: [Distinct] = []
    /// Other names of the code's column in files.
    package var codeAliases: [String] = []
    /// Columns of other programs' files that are ignored.
    package var unkept: [String] = []
    /// The column with the name, which references also search.
    package var title: String? = "name"
    /// A column with other names, separated by commas.
    package var otherNames: String?
    /// The columns whose words the search index has; by default the names, and the code unless it is the number of a series. For an
    /// existing shop, a change needs a new version of the schema or `upgrade --search-index`.
    var searched: [String]?
    /// The nouns that a record belongs to, and is found by, too: `client` for `client_id`.
    var belongsTo: [String] = []
    /// Records of other nouns that are removed with it: table and column.
    package var parts: [(table: String, column: String)] = []
    /// Examples by verb that replace the generic ones.
    package var examples: [String: [String]] = [:]
    /// The code used in examples.
    package var sample = "last"
    /// Words that cannot be a code, because they name what has no record, each with the reason.
    var builtIn: [String: String] = [:]
    /// The states and transitions.
    package var lifeCycle: LifeCycle?
    /// Stored sums of rows in other tables.
    package var sums: RunningSums?
    /// Called before a record is written, to complete or refuse it.
    package var check: @Sendable (Shop, inout Record) throws -> Void = { _, _ in }
    /// Called before a record is added by a command, to fill in what is not given. An import adds what its file says.
    package var complete: @Sendable (Shop, inout Record) throws -> Void = { _, _ in }
    /// Returns warnings for the user about records that a command has added or changed.
    package var advise: @Sendable (Shop, _ change: Record, _ ids: [Int]) throws -> [String] = { _, _, _ in [] }
    /// Called after a row was added or changed, to bring other records up to date.
    package var afterWriting: (@Sendable (Shop, Int) throws -> Void)?
    /// Returns a sentence for each contradiction that an undo would leave. Receives the ids that it has touched, by table.
    var contradictions: (@Sendable (Shop, [String: ClosedRange<Int>]) throws -> [String])?
    /// Brings records up to date after an undo.
    var settlement: Settlement?
    /// Reports what is kept of the records besides sums and is wrong.
    var findFaults: (@Sendable (Shop, Faults) throws -> Void)?
    /// What `check` proves of the records and of what belongs to them.
    var books: [BookRule] = []
    /// Returns notes about what an import has left as it was.
    package var importNotes: (@Sendable (Shop) -> [String])?
    /// Called before a row is removed, to refuse it or remove what depends on it.
    package var beforeRemoval: @Sendable (Shop, Int) throws -> Void = { _, _ in }

    package init(
        _ name: String, plural: String? = nil, _ summary: String, coding: Coding, from: SQL? = nil, _ fields: [Field]
    ) {
        (self.name, self.word, self.command, self.plural) = (name, name, name, plural ?? name + "s")
        (self.summary, self.coding) = (summary, coding)
        self.from = from ?? "\(name: name)"
        self.fields = fields
        names = fields.map(\.name)
    }

    /// The area of failures that any noun can have.
    var area: Failure.Area { Failure.Area(table: name) ?? .records }

    /// The code as a field, which is the first of every listing.
    package var codeField: Field {
        var field = Field(
            "code", String.self, "--code CODE", "another code", column: code, sql: codeSQL ?? "\(name: name).\(name: code)", sorts: true)
        field.order = { [codeOrder] code in Noun.order(ofCodes: codeOrder ?? code) }
        return field
    }

    /// Orders codes by their numeric suffix: CL-9999, CL-10000. Each table has an index on the same terms.
    @Sendable static func order(ofCodes code: SQL) -> [SQL] {
        ["rtrim(\(code), '0123456789') COLLATE NOCASE", "length(\(code))", "\(code) COLLATE NOCASE"]
    }

    /// The code and the fields, as in listings.
    package var columns: [Field] { [codeField] + fields }
    /// All columns of `show`.
    package var headings: [Heading] { (columns + shown).map(\.heading) + shownChildren.map(\.child.heading) }
    /// The columns of `export` and `import`.
    package var portable: [Field] { [codeField] + fields.filter(\.isPortable) }
    package var portableHeadings: [Heading] { portable.map(\.heading) + portableChildren.map(\.child.heading) }

    /// The columns besides the code by which a record can be found.
    var nameColumns: [String] { [title, otherNames].compactMap { $0 } }

    /// The indexes of the required fields.
    var required: [Int] { fields.indices.filter { fields[$0].required } }

    package func index(of field: String) -> Int? { names.firstIndex(of: field) }
}

/// What an undo has to bring up to date, because other rows were stored since.
struct Settlement: Sendable {
    /// The ids of the records that depend on rows with these ids, by table. It is called before and after the undo, which removes rows and
    /// brings others back.
    var concerned: @Sendable (Shop, [String: ClosedRange<Int>]) throws -> Set<Int>
    var settle: @Sendable (Shop, Int) throws -> Void
}

/// The values to write into a record, by field; nil for fields that are not given.
package struct Record: Sendable {
    /// Shared by all copies of a record, because a noun is large and an import copies a record for each row.
    private final class Declaration: Sendable {
        let noun: Noun
        init(_ noun: Noun) { self.noun = noun }
    }

    private let declaration: Declaration
    package var noun: Noun { declaration.noun }
    /// The id of the row to change; nil for a new one.
    package var id: Int?
    package var code: String?
    package var cells: [Cell?]

    package init(_ noun: Noun, id: Int? = nil) {
        (declaration, self.id) = (Declaration(noun), id)
        cells = [Cell?](repeating: nil, count: noun.fields.count)
    }

    /// The cell of a field; nil if it is not given.
    package subscript(name: String) -> Cell? {
        get { noun.index(of: name).flatMap { cells[$0] } }
        set { if let i = noun.index(of: name) { cells[i] = newValue } }
    }

    package func value<Value: Stored>(_ name: String) -> Value? { self[name].flatMap { Value(cell: $0) } }

    /// Sets a field that is not given.
    package mutating func fill(_ name: String, _ value: (some Stored)?) {
        if let value, let i = noun.index(of: name), cells[i] == nil { cells[i] = value.cell }
    }
}

extension Noun {
    /// The condition that a column of days is within a period.
    static func within(_ column: SQL, _ period: Cell) -> SQL {
        guard let period = Period(cell: period) else { return "0" }
        // SQLite's planner assumes that a range covers much of a table, but a period is a small part of a growing one.
        return "unlikely(\(column) >= \(period.from)) AND unlikely(\(column) <= \(period.until - 1))"
    }
    /// The condition that a column of moments is within a period, by the clock of the shop.
    static func within(moments column: SQL, _ period: Cell, _ shop: Shop) throws -> SQL {
        guard let period = Period(cell: period) else { return "0" }
        // As a text, a moment of the year 10000 is before all others.
        let last = min(try shop.start(of: period.until).ms - 1, Day(number: 2_932_897).number * 86_400_000 - 1)
        return "unlikely(\(column) >= \(try shop.start(of: period.from))) AND unlikely(\(column) <= \(Moment(ms: last)))"
    }
}
