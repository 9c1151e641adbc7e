import Store
import Values

/// Rows that live and die with a thing of a noun, or with the row of another child: the lines of a quote, the files of a project. From the
/// declaration come the verbs (`quote line list`), the JSON of `show` and `export`, the import of the same, the words of the history, the
/// removal with the parent, and their place in its log.
package struct Child: Sendable {
    package enum Verb: String, CaseIterable, Sendable { case add, list, edit, move, remove }

    /// In what order the rows of one parent come, and what each is called by there.
    package enum Order: Sendable {
        /// As a person has put them: by a number from 1 on, without gaps, in this column.
        case byPlace(column: String = "position")
        /// By the values of this field.
        case by(String)
    }

    /// The word in front of the verbs: `line`.
    package var name: String
    package var plural: String
    /// One line for help: `The lines of a quote`.
    package var summary: String
    package var table: String
    /// The column that refers to what the row belongs to.
    var parent: String
    /// What fields of other tables are read from, behind its own: ` LEFT JOIN material ON ...`.
    var joins: SQL
    package var fields: [Field]
    /// Columns that no listing shows: for the history, and for code that reads rows by the names of their fields.
    var unlisted: [Field]
    /// The field whose value tells a row from the others of its parent.
    package var naming: Field
    /// The rows are in the order of a number that people change by moving them.
    package var isMovable: Bool
    package var verbs: Set<Verb>
    var children: [Child]
    /// `show` and `export` of the parent have its rows.
    var isShown: Bool
    /// Of the rows of one parent only that which this finds counts, and what belongs to it is shown as the parent's own: the version of a
    /// quote that is current.
    var standing: SQL?

    /// - Parameters:
    ///   - parent: the column that refers to what the row belongs to.
    ///   - joins: what fields of other tables are read from: `LEFT JOIN material ON ...`.
    init(
        _ name: String, plural: String? = nil, _ summary: String, in table: String, of parent: String, joining joins: SQL? = nil,
        _ fields: [Field], ordered order: Order = .byPlace(), unlisted: [Field] = [], verbs: Set<Verb> = [], isShown: Bool = true,
        standing: SQL? = nil, children: [Child] = []
    ) {
        (self.name, self.plural, self.summary, self.table) = (name, plural ?? name + "s", summary, table)
        (self.parent, self.verbs, self.children, self.isShown, self.standing) = (parent, verbs, children, isShown, standing)
        self.joins = joins.map { " \($0)" } ?? ""
        // A column without SQL of its own is one of the table, whatever is joined to it.
        func own(_ field: Field) -> Field {
            var own = field
            if field.sql.text == ("\(name: field.column)" as SQL).text { own.sql = "\(name: table).\(name: field.column)" }
            return own
        }
        (self.fields, self.unlisted) = (fields.map(own), unlisted.map(own))
        switch order {
        case .byPlace(let column):
            naming = own(Field(name, Int.self, column: column).told(as: column))
            isMovable = true
        case .by(let name):
            guard let field = (self.fields + self.unlisted).first(where: { $0.name == name }) else {
                preconditionFailure("\(table) has no field \(name) to be ordered by")
            }
            (naming, isMovable) = (field, false)
        }
    }

    /// What listings and JSON show of a row, in their order.
    package var columns: [Field] { isMovable ? [naming] + fields : fields }
    /// Everything that can be read of a row.
    var allFields: [Field] { columns + unlisted }
    package var headings: [Heading] { columns.map(\.heading) }
    /// The column of the parent's listings that holds the rows.
    package var heading: Heading { Heading(plural, .nested) }
    /// The columns of its table that tell one row of a parent from the others.
    var distinct: Distinct? {
        guard naming.reference == nil else { return nil }
        return Distinct(table, [parent, naming.column], "\(article(name)) with this \(naming.name == name ? "number" : naming.name)")
    }
}

/// The way from a noun down to one of its children: the lines of a quote belong to its versions.
package struct ChildPath: Sendable {
    package let noun: Noun
    let steps: [Child]
    package var child: Child { steps[steps.count - 1] }

    /// The table of what its rows belong to.
    var above: String { steps.count > 1 ? steps[steps.count - 2].table : noun.name }

    /// `quote line`
    package var words: String { "\(noun.name) \(child.name)" }

    /// The tables from the noun down, each joined to the one above; without the noun's own where the first refers to it.
    var from: SQL {
        guard steps.count > 1 else { return "\(name: child.table)\(child.joins)" }
        var from: SQL = "\(name: noun.name)", above = noun.name
        for step in steps {
            // The planner keeps to this way: each of these finds few rows of the next.
            from += " CROSS JOIN \(name: step.table) ON \(name: step.table).\(name: step.parent) = \(name: above).id"
            if let standing = step.standing { from += " AND \(standing)" }
            above = step.table
        }
        return from + child.joins
    }

    /// The order of its rows: from the top down, each in that of its kind.
    var order: SQL {
        let names = steps.filter { $0.standing == nil }.map { "\(name: $0.table).\(name: $0.naming.column)" as SQL }
        return (names + ["\(name: child.table).id"]).joined(", ")
    }

    /// The column that holds the id of the noun's thing.
    var root: SQL { steps.count > 1 ? "\(name: noun.name).id" : "\(name: child.table).\(name: child.parent)" }
}

extension Noun {
    /// Every child and every child's child, those above before those below.
    var paths: [ChildPath] {
        func below(_ children: [Child], _ steps: [Child]) -> [ChildPath] {
            children.flatMap { [ChildPath(noun: self, steps: steps + [$0])] + below($0.children, steps + [$0]) }
        }
        return below(children, [])
    }

    /// The children that `show` tells of; in the place of one of which only one row stands, those below it.
    package var shownChildren: [ChildPath] {
        paths.filter { path in path.child.isShown && path.child.standing == nil && path.steps.dropLast().allSatisfy { $0.standing != nil } }
    }

    /// Those that `export` prints and `import` takes.
    package var portableChildren: [ChildPath] { shownChildren.filter { path in path.child.fields.contains(where: \.isPortable) } }

    /// Those that commands of three words are about.
    package var childrenWithVerbs: [ChildPath] { paths.filter { !$0.child.verbs.isEmpty } }

    func path(_ child: String) -> ChildPath {
        guard let path = paths.first(where: { $0.child.name == child }) else { preconditionFailure("\(name) has no child \(child)") }
        return path
    }
}
