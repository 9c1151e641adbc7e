import Store
import Values

/// A thing the shop keeps: its table, its fields, and the few rules that no field can say.
package struct Noun: Sendable {
    /// Where a thing gets its code from.
    package enum Coding: Sendable {
        /// Typed by whoever adds it.
        case typed
        /// The next of a series: `CL-0001`.
        case series(String, digits: Int)
        /// Made from other fields of the new record; each begins with the same letters: `JB-`.
        case made(String, @Sendable (Shop, Record) throws -> String)
    }

    /// Table, type, file, commands and transcript have this one name.
    package var name: String
    package var plural: String
    /// One line for help: `The shop's customers`.
    package var summary: String
    package var coding: Coding
    /// The column that holds the code.
    package var code = "code"
    /// How a list reads the code.
    package var codeSQL: SQL?
    /// A column with the code that a thing had at first, by which it is still found.
    package var formerCode: String?
    /// `client`, or with its joins: `project JOIN client ON client.id = project.client_id`.
    package var from: SQL
    package var fields: [Field] { didSet { names = fields.map(\.name) } }
    /// Of the fields: to compare names alone is quicker than to look into each field.
    private var names: [String]
    /// Columns that no listing shows: for the history.
    var unlisted: [Field] = []
    /// Rows that live and die with a thing.
    var children: [Child] = []
    /// The order of a list, as `--sort` would say it.
    package var order = "code"
    package var filters: [Filter] = []
    /// Filters that are always there under a name: `@overdue`.
    package var named: [Named] = []
    /// What a plain list shows; everything where nothing is said.
    package var live: Live?
    /// The fields that know a row again where it comes without a code.
    package var identity: [String] = []
    /// The same, where it takes more than equal fields.
    package var recognise: (@Sendable (Shop, Record) throws -> Int?)?
    /// What no two things share, beside the code, and no two of their parts.
    package var distinct: [Distinct] = []
    /// Other names that the code's column has in files.
    package var codeAliases: [String] = []
    /// Columns of other programs' files of which nothing is kept.
    package var unkept: [String] = []
    /// A column that people also know it by: searched by references.
    package var title: String? = "name"
    /// A column of further names, separated by commas.
    package var otherNames: String?
    /// Things of other nouns that go when it goes, table and column.
    package var parts: [(table: String, column: String)] = []
    /// Examples by verb, where the common one will not do.
    package var examples: [String: [String]] = [:]
    /// A code that is in the examples.
    package var sample = "last"
    /// The states that it passes through.
    package var lifeCycle: LifeCycle?
    /// What is added up of other tables' rows, and kept.
    package var sums: RunningSums?
    /// Sees a record before it is written: fills in, or refuses.
    package var check: @Sendable (Shop, inout Record) throws -> Void = { _, _ in }
    /// Sees a row before it is removed: refuses, or removes what goes with it.
    package var beforeRemoval: @Sendable (Shop, Int) throws -> Void = { _, _ in }

    package init(
        _ name: String, plural: String? = nil, _ summary: String, coding: Coding, from: SQL? = nil, _ fields: [Field]
    ) {
        (self.name, self.plural, self.summary, self.coding) = (name, plural ?? name + "s", summary, coding)
        self.from = from ?? "\(name: name)"
        self.fields = fields
        names = fields.map(\.name)
    }

    /// What failures that any noun can have are about.
    var area: Failure.Area { Failure.Area(table: name) ?? .records }

    /// The code as the first field: every listing begins with it.
    package var codeField: Field {
        var field = Field(
            "code", String.self, "--code CODE", "another code", column: code, sql: codeSQL ?? "\(name: name).\(name: code)", sorts: true)
        field.order = Noun.order(ofCodes:)
        return field
    }

    /// Codes that end in numbers are in the order of these: CL-9999, CL-10000. Each table has an index over the same terms.
    @Sendable static func order(ofCodes code: SQL) -> [SQL] {
        ["rtrim(\(code), '0123456789') COLLATE NOCASE", "length(\(code))", "\(code) COLLATE NOCASE"]
    }

    /// Code and fields, as listings show them.
    package var columns: [Field] { [codeField] + fields }
    /// Everything that `show` tells of one thing.
    package var headings: [Heading] { columns.map(\.heading) + shownChildren.map(\.child.heading) }
    /// What `export` prints and `import` takes.
    package var portable: [Field] { [codeField] + fields.filter(\.isPortable) }
    package var portableHeadings: [Heading] { portable.map(\.heading) + portableChildren.map(\.child.heading) }

    /// The columns by which a thing is found, beside its code.
    var nameColumns: [String] { [title, otherNames].compactMap { $0 } }

    /// The places of the fields that a thing cannot do without.
    var required: [Int] { fields.indices.filter { fields[$0].required } }

    package func index(of field: String) -> Int? { names.firstIndex(of: field) }
}

/// What is to be written of one thing: by field, nothing where nothing was said.
package struct Record: Sendable {
    /// Shared by all copies of a record: a noun is large, and an import copies a record for each row.
    private final class Declaration: Sendable {
        let noun: Noun
        init(_ noun: Noun) { self.noun = noun }
    }

    private let declaration: Declaration
    package var noun: Noun { declaration.noun }
    /// Of the row that is changed; nil for a new one.
    package var id: Int?
    package var code: String?
    package var cells: [Cell?]

    package init(_ noun: Noun, id: Int? = nil) {
        (declaration, self.id) = (Declaration(noun), id)
        cells = [Cell?](repeating: nil, count: noun.fields.count)
    }

    /// The cell of a field; nil where nothing was said.
    package subscript(name: String) -> Cell? {
        get { noun.index(of: name).flatMap { cells[$0] } }
        set { if let i = noun.index(of: name) { cells[i] = newValue } }
    }

    package func value<Value: Stored>(_ name: String) -> Value? { self[name].flatMap { Value(cell: $0) } }

    /// Fills a field that nothing was said of.
    package mutating func fill(_ name: String, _ value: (some Stored)?) {
        if let value, let i = noun.index(of: name), cells[i] == nil { cells[i] = value.cell }
    }
}

extension Noun {
    /// A column of days within a period, as a filter has it.
    static func within(_ column: SQL, _ period: Cell) -> SQL {
        guard let period = Period(cell: period) else { return "0" }
        // The planner takes a period for most of a table; it is a small part of one that grows.
        return "unlikely(\(column) >= \(period.from)) AND unlikely(\(column) < \(period.until))"
    }
}
