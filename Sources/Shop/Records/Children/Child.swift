import Store
import Values

/// Rows that belong to a record of a noun or to a row of another child: the lines of a quote, the files of a project. They are removed with
/// their parent. The declaration determines the verbs (`quote line list`), the JSON of `show` and `export`, the import of that JSON, and
/// the words of the history, and the entries in the parent's log.
package struct Child: Sendable {
    package enum Verb: String, CaseIterable, Sendable { case add, list, edit, move, remove }

    /// The order of the rows of one parent, and how a row is identified.
    package enum Order: Sendable {
        /// By a number in this column that users change, from 1 without gaps.
        case byPlace(column: String = "position")
        /// By a place that users change. A row is identified by another number, which no other row of the parent ever gets.
        case numbered(column: String = "number", place: String = "position")
        /// By the values of this field.
        case by(String)
    }

    /// The word before the verbs: `line`.
    package var name: String
    package var plural: String
    /// One line for help: `The lines of a quote`.
    package var summary: String
    package var table: String
    /// The foreign key to the parent.
    var parent: String
    /// The joins for fields from other tables: ` LEFT JOIN material ON ...`.
    var joins: SQL
    package var fields: [Field]
    /// Columns that no listing shows: for the history, and for code that reads rows by field names.
    var unlisted: [Field]
    /// The field that identifies a row within its parent.
    package var naming: Field
    /// The column with the place of a row, if users order the rows by moving them.
    var place: String?
    package var isMovable: Bool { place != nil }
    /// Whether no two rows of a parent have the same name.
    var isUnique = true
    /// Whether a row is identified by a number that is not its place.
    package var isNumbered = false
    /// Called before a row is written, to complete or refuse it. Receives the id of the parent.
    var check: (@Sendable (Shop, _ owner: Int, inout ChildRecord) throws -> Void)?
    /// Called before a row is added by a command, to fill in what is not given.
    var complete: (@Sendable (Shop, _ owner: Int, inout ChildRecord) throws -> Void)?
    /// Called after rows of a parent were added, changed, moved or removed, to refuse it or to bring other records up to date. Receives the id of the parent.
    var after: (@Sendable (Shop, _ owner: Int) throws -> Void)?
    /// Returns warnings for the user after a command has added, changed or removed rows of a parent.
    package var advise: (@Sendable (Shop, _ owner: Int) throws -> [String])?
    /// Called before rows are removed by a command or an import, to keep what others need of them. Receives their ids.
    var beforeRemoval: (@Sendable (Shop, _ rows: SQL) throws -> Void)?
    package var verbs: Set<Verb>
    var children: [Child]
    /// Whether `show` and `export` of the parent include the rows.
    var isShown: Bool
    /// Whether `export` prints the rows that `show` includes, and `import` reads them.
    var isPortable = true
    /// A condition for the one row of a parent that is current, such as the current version of a quote. The rows below it are shown as the
    /// parent's own.
    var standing: SQL?
    /// The columns whose words the search index has.
    var searched: [String]

    /// - Parameters:
    ///   - parent: the foreign key to the parent.
    ///   - joins: the joins for fields from other tables: `LEFT JOIN material ON ...`.
    init(
        _ name: String, plural: String? = nil, _ summary: String, in table: String, of parent: String, joining joins: SQL? = nil,
        _ fields: [Field], ordered order: Order = .byPlace(), unlisted: [Field] = [], verbs: Set<Verb> = [], isShown: Bool = true,
        standing: SQL? = nil, searched: [String] = [], children: [Child] = []
    ) {
        (self.name, self.plural, self.summary, self.table) = (name, plural ?? name + "s", summary, table)
        (self.parent, self.verbs, self.children, self.isShown, self.standing) = (parent, verbs, children, isShown, standing)
        self.searched = searched
        self.joins = joins.map { " \($0)" } ?? ""
        // A field without SQL of its own is a column of this table, whatever is joined.
        func own(_ field: Field) -> Field {
            var own = field
            if field.sql.text == ("\(name: field.column)" as SQL).text { own.sql = "\(name: table).\(name: field.column)" }
            return own
        }
        (self.fields, self.unlisted) = (fields.map(own), unlisted.map(own))
        switch order {
        case .byPlace(let column):
            naming = own(Field(name, Int.self, column: column).told(as: column))
            place = column
        case .numbered(let column, let place):
            naming = own(Field(name, Int.self, column: column).told(as: column))
            (self.place, isNumbered) = (place, true)
            self.unlisted.append(own(Field(place, Int.self)))
        case .by(let name):
            guard let field = (self.fields + self.unlisted).first(where: { $0.name == name }) else {
                preconditionFailure("\(table) has no field \(name) to be ordered by")
            }
            naming = field
        }
    }

    /// The name of the column with the parent in the history: that of its table, unless a row refers to several of these.
    func parentName(_ above: String) -> String {
        let table = History.words(above), column = History.words(parent.hasSuffix("_id") ? String(parent.dropLast(3)) : parent)
        return table.hasSuffix(column) ? table : column
    }

    package func index(of field: String) -> Int? { fields.firstIndex { $0.name == field } }

    /// The columns of listings and JSON, in order.
    package var columns: [Field] { isMovable ? [naming] + fields : fields }
    /// The columns of `export`.
    var portable: [Field] { columns.filter { $0.isPortable || isMovable && $0.name == naming.name } }
    /// All readable columns of a row.
    var allFields: [Field] { columns + unlisted }
    package var headings: [Heading] { columns.map(\.heading) }
    /// The column of the parent's listings that contains the rows.
    package var heading: Heading { Heading(plural, .nested) }
    /// The columns that are unique within a parent.
    var distinct: Distinct? {
        guard isUnique, naming.reference == nil else { return nil }
        return Distinct(table, [parent, naming.column], "\(article(name)) with this \(naming.name == name ? "number" : naming.name)")
    }
}

/// The path from a noun to one of its children: the lines of a quote belong to its versions.
package struct ChildPath: Sendable {
    package let noun: Noun
    let steps: [Child]
    package var child: Child { steps[steps.count - 1] }

    /// The parent table.
    var above: String { steps.count > 1 ? steps[steps.count - 2].table : noun.name }

    /// `quote line`
    package var words: String { "\(noun.name) \(child.name)" }

    /// The tables from the noun down, each joined to its parent; without the noun's table if the first child refers to it.
    var from: SQL {
        guard steps.count > 1 else { return "\(name: child.table)\(child.joins)" }
        var from: SQL = "\(name: noun.name)", above = noun.name
        for step in steps {
            // CROSS JOIN fixes the join order, which is fast because each table has few rows per parent.
            from += " CROSS JOIN \(name: step.table) ON \(name: step.table).\(name: step.parent) = \(name: above).id"
            if let standing = step.standing { from += " AND \(standing)" }
            above = step.table
        }
        return from + child.joins
    }

    /// The order of its rows: first by those of the upper tables.
    var order: SQL {
        let names = steps.filter { $0.standing == nil }.map { "\(name: $0.table).\(name: $0.place ?? $0.naming.column)" as SQL }
        return (names + ["\(name: child.table).id"]).joined(", ")
    }

    /// The column with the id of the noun's record.
    var root: SQL { steps.count > 1 ? "\(name: noun.name).id" : "\(name: child.table).\(name: child.parent)" }
}

extension Noun {
    /// All descendants, parents before children.
    var paths: [ChildPath] {
        func below(_ children: [Child], _ steps: [Child]) -> [ChildPath] {
            children.flatMap { [ChildPath(noun: self, steps: steps + [$0])] + below($0.children, steps + [$0]) }
        }
        return below(children, [])
    }

    /// The children that `show` includes; if only one row of a child is current, the children below it instead.
    package var shownChildren: [ChildPath] {
        paths.filter { path in path.child.isShown && path.child.standing == nil && path.steps.dropLast().allSatisfy { $0.standing != nil } }
    }

    /// The children that `export` prints and `import` reads.
    package var portableChildren: [ChildPath] {
        shownChildren.filter { path in path.child.isPortable && path.child.fields.contains(where: \.isPortable) }
    }

    /// The children with commands of their own.
    package var childrenWithVerbs: [ChildPath] { paths.filter { !$0.child.verbs.isEmpty } }

    func path(_ child: String) -> ChildPath {
        guard let path = paths.first(where: { $0.child.name == child }) else { preconditionFailure("\(name) has no child \(child)") }
        return path
    }
}
