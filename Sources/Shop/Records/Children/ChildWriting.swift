import Store
import Values

/// The values to write into a row of a child, by field; nil for fields that are not given.
package struct ChildRecord: Sendable {
    package var cells: [Cell?]
    /// The number of a numbered row; nil for a new one.
    var number: Int?
    /// The child rows of the row, by the plural of the child.
    var below: [String: [ChildRecord]] = [:]

    package init(_ child: Child) { cells = [Cell?](repeating: nil, count: child.fields.count) }
}

/// Writes the rows of children. They cannot be changed if the state of their record does not allow changes.
extension Shop {
    /// - Parameter place: the position of the new row; nil for the last.
    /// - Returns: its id and, if rows have one, its number.
    package func add(_ record: ChildRecord, to thing: RecordID, _ path: ChildPath, at place: Int? = nil) throws -> (id: Int, number: Int?) {
        try demandOpen(path.noun, thing.id)
        let child = path.child, owner = try owner(path, thing.id)
        var last: Int?, record = record
        try child.complete?(self, owner, &record)
        try child.check?(self, owner, &record)
        if child.isNumbered { record.number = try nextNumber(of: child, owner) }
        if child.isMovable {
            let count = try count(child, owner)
            last = try place.map { try demand(place: $0, upTo: count + 1, thing, path) } ?? count + 1
            if let last, last <= count { try shift(child, owner, last...count, by: 1) }
        }
        let id = try insert(record, child, owner, at: last)
        _ = try writeRows(record, child, owner, id)
        try demandDistinct(path, id)
        try child.after?(self, owner)
        return (id, record.number ?? last)
    }

    /// Writes the given fields and leaves the others.
    /// - Returns: whether anything changed.
    package func edit(_ record: ChildRecord, _ row: Int, of thing: RecordID, _ path: ChildPath) throws -> Bool {
        try demandOpen(path.noun, thing.id)
        let child = path.child, owner = try owner(path, thing.id)
        var record = record
        try child.check?(self, owner, &record)
        let isRowChanged = try update(record, child, row), isChanged = try writeRows(record, child, owner, row) || isRowChanged
        try demandDistinct(path, row)
        if isChanged { try child.after?(self, owner) }
        return isChanged
    }

    /// Moves a row to another position and shifts the rows between.
    /// - Returns: whether its position changed.
    package func move(_ row: Int, to place: Int, of thing: RecordID, _ path: ChildPath) throws -> Bool {
        try demandOpen(path.noun, thing.id)
        let child = path.child, owner = try owner(path, thing.id), column = child.place ?? child.naming.column
        let to = try demand(place: place, upTo: try count(child, owner), thing, path)
        let from = try data.one("SELECT \(name: column) FROM \(name: child.table) WHERE id = \(row)") { $0.int(0) } ?? to
        guard from != to else { return false }
        try shift(child, owner, from < to ? from + 1...to : to...from - 1, by: from < to ? -1 : 1)
        try data.run("UPDATE \(name: child.table) SET \(name: column) = \(to) WHERE id = \(row)")
        return true
    }

    package func remove(_ rows: [Int], of thing: RecordID, _ path: ChildPath) throws {
        try demandOpen(path.noun, thing.id)
        let child = path.child, owner = try owner(path, thing.id)
        do { try remove(rows, child) } catch let failure as Failure where failure.reason == .isReferredTo {
            let which = rows.count == 1 ? "the \(child.name)" : "the \(child.plural)", users = try users(of: child, rows)
            throw Failure(
                .refused, path.noun.area, "\(thing.code): \(which) cannot be removed: it is named by \(users.joined(separator: ", "))")
        }
        if child.isMovable { try close(child, owner) }
        try child.after?(self, owner)
    }

    /// Finds a row of a record by its number or name.
    /// - Throws: `notFound`.
    package func row(_ path: ChildPath, of thing: RecordID, called name: Cell) throws -> Int {
        let child = path.child
        let found = try data.one(
            """
            SELECT \(name: child.table).id FROM \(path.from)
            WHERE \(path.root) = \(thing.id) AND \(name: child.table).\(name: child.naming.column) = \(name)
            """
        ) { $0.int(0) }
        guard let found else {
            let list = child.verbs.contains(.list) ? "\(path.words) list" : "\(path.noun.name) show"
            throw Failure(
                .notFound, path.noun.area, "\(thing.code) has no \(child.name) \(name.said)", hint: "laseros \(list) \(thing.code)")
        }
        return found
    }

    /// What refers to rows of a child: `1 quote line`.
    private func users(of child: Child, _ rows: [Int]) throws -> [String] {
        let keys = try data.all(
            """
            SELECT t.name, k."from" FROM sqlite_schema t, pragma_foreign_key_list(t.name) k
            WHERE t.type = 'table' AND k."table" = \(child.table) ORDER BY t.rowid
            """
        ) { ($0.text(0), $0.text(1)) }
        return try keys.compactMap { table, column in
            // The rows below it go with it.
            if child.children.contains(where: { $0.table == table && $0.parent == column }) { return nil }
            let count = try data.one("SELECT count(*) FROM \(name: table) WHERE \(name: column) IN (\(SQL.ids(rows)))") { $0.int(0) } ?? 0
            return count == 0 ? nil : "\(counted(count, History.words(table)))"
        }
    }

    /// The next number of a numbered child. Numbers are not given again, whatever was removed or undone.
    private func nextNumber(of child: Child, _ owner: Int) throws -> Int {
        let series = child.series(owner)
        // Rows that were imported have brought their numbers.
        let column = child.naming.column
        let highest = try data.one(
            "SELECT coalesce(max(\(name: column)), 0) FROM \(name: child.table) WHERE \(name: child.parent) = \(owner)"
        ) { $0.int(0) }
        if let highest, highest > 0 { try reserve(series, through: highest) }
        return try next(series)
    }

    /// Replaces the rows of a record.
    /// - Parameter isNew: whether the record has no rows yet.
    /// - Returns: whether anything changed.
    func replace(_ path: ChildPath, of id: Int, by records: [ChildRecord], isNew: Bool) throws -> Bool {
        let isChanged = try replace(path.child, of: try owner(path, id), by: records, isNew: isNew)
        if isChanged, !isNew { try demandOpen(path.noun, id) }
        return isChanged
    }

    /// Removes the child rows of these rows, recursively.
    /// - Parameter owners: ids, or a statement that selects them.
    func removeRows(_ children: [Child], of owners: SQL) throws {
        for child in children {
            try removeRows(child.children, of: "SELECT id FROM \(name: child.table) WHERE \(name: child.parent) IN (\(owners))")
            try data.run("DELETE FROM \(name: child.table) WHERE \(name: child.parent) IN (\(owners))")
        }
    }

    /// The id of the parent of a record's child rows: the record itself, or the current row of the table between.
    private func owner(_ path: ChildPath, _ id: Int) throws -> Int {
        guard path.steps.count > 1 else { return id }
        let above = ChildPath(noun: path.noun, steps: path.steps.dropLast())
        let owner = try data.one("SELECT \(name: above.child.table).id FROM \(above.from) WHERE \(above.root) = \(id)") { $0.int(0) }
        guard let owner else { throw Failure(.notFound, path.noun.area, "there is no such \(path.noun.name)") }
        return owner
    }

    private func count(_ child: Child, _ owner: Int) throws -> Int {
        try data.one("SELECT count(*) FROM \(name: child.table) WHERE \(name: child.parent) = \(owner)") { $0.int(0) } ?? 0
    }

    private func demand(place: Int, upTo last: Int, _ thing: RecordID, _ path: ChildPath) throws -> Int {
        guard (1...max(last, 1)).contains(place) else {
            throw Failure(
                .refused, path.noun.area, "\(thing.code) has no place \(place) for \(article(path.child.name))", hint: "1 to \(last)")
        }
        return place
    }

    private func demandDistinct(_ path: ChildPath, _ row: Int) throws {
        guard let rule = path.child.distinct, !path.child.isMovable, try !twins(rule, among: row...row).isEmpty else { return }
        throw Failure(.refused, path.noun.area, rule.sentence)
    }
}

/// Writes single rows, regardless of the state of their record.
extension Shop {
    /// Columns without a given value get the default of the table.
    private func insert(_ record: ChildRecord, _ child: Child, _ owner: Int, at place: Int?) throws -> Int {
        for (field, cell) in zip(child.fields, record.cells) where field.required && cell?.isNull ?? true { throw child.lacking(field) }
        var columns: [SQL] = ["\(name: child.parent)"], values: [SQL] = ["\(owner)"]
        if let place {
            columns.append("\(name: child.place ?? child.naming.column)")
            values.append("\(place)")
        }
        if child.isNumbered {
            columns.append("\(name: child.naming.column)")
            values.append("\(try record.number ?? nextNumber(of: child, owner))")
        }
        for (field, cell) in zip(child.fields, record.cells) where field.writesRows == nil {
            guard let cell, !cell.isNull else { continue }
            columns.append("\(name: field.column)")
            values.append("\(cell)")
        }
        try data.run("INSERT INTO \(name: child.table) (\(columns.joined(", "))) VALUES (\(values.joined(", ")))")
        let id = data.lastID
        for inner in child.children { if let rows = record.below[inner.plural] { _ = try replace(inner, of: id, by: rows, isNew: true) } }
        return id
    }

    /// Writes the fields that are kept in rows of other tables.
    private func writeRows(_ record: ChildRecord, _ child: Child, _ owner: Int, _ row: Int) throws -> Bool {
        var isChanged = false
        for (field, cell) in zip(child.fields, record.cells) {
            if let write = field.writesRows, let cell, try write(self, owner, row, cell) { isChanged = true }
        }
        return isChanged
    }

    /// - Parameter place: the place of a numbered row; nil if it stays.
    private func update(_ record: ChildRecord, _ child: Child, _ row: Int, at place: Int? = nil) throws -> Bool {
        var isChanged = false, new: [SQL] = [], differs: [SQL] = []
        if let place, let column = child.place {
            new.append("\(name: column) = \(place)")
            differs.append("\(name: column) IS NOT \(place)")
        }
        for (field, cell) in zip(child.fields, record.cells) where field.writesRows == nil {
            guard let cell else { continue }
            if field.required && cell.isNull { throw child.lacking(field) }
            new.append("\(name: field.column) = \(cell)")
            // A change of case is a change, even in a column with the collation NOCASE.
            differs.append("\(name: field.column) IS NOT \(cell) COLLATE BINARY")
        }
        if !new.isEmpty {
            try data.run("UPDATE \(name: child.table) SET \(new.joined(", ")) WHERE id = \(row) AND (\(differs.joined(" OR ")))")
            isChanged = data.changed > 0
        }
        for inner in child.children {
            if let rows = record.below[inner.plural], try replace(inner, of: row, by: rows) { isChanged = true }
        }
        return isChanged
    }

    private func remove(_ rows: some Collection<Int>, _ child: Child) throws {
        guard !rows.isEmpty else { return }
        try removeRows(child.children, of: SQL.ids(rows))
        try data.run("DELETE FROM \(name: child.table) WHERE id IN (\(SQL.ids(rows)))")
    }

    /// Replaces the existing rows. A row with the same position or name as an existing one updates it; fields that are not given become
    /// empty.
    /// - Parameter isNew: whether there are no existing rows.
    /// - Returns: whether anything changed.
    func replace(_ child: Child, of owner: Int, by records: [ChildRecord], isNew: Bool = false) throws -> Bool {
        let known =
            try isNew
            ? []
            : data.all("SELECT \(name: child.naming.column), id FROM \(name: child.table) WHERE \(name: child.parent) = \(owner)") {
                ($0.cell(0), $0.int(1))
            }
        var left = Dictionary(known) { first, _ in first }, isChanged = false, taken: Set<Cell> = []
        var written: [(id: Int, record: ChildRecord)] = []
        let name = child.fields.firstIndex { $0.name == child.naming.name }
        if child.isNumbered, let highest = records.compactMap(\.number).max() { try reserve(child.series(owner), through: highest) }
        for (i, said) in records.enumerated() {
            var record = said
            for i in record.cells.indices where record.cells[i] == nil && child.fields[i].isPortable { record.cells[i] = .null }
            try child.check?(self, owner, &record)
            let place = child.isMovable ? i + 1 : nil
            let key = (child.isNumbered ? record.number : place).map(Cell.integer) ?? name.flatMap { record.cells[$0] } ?? .null
            let isNamed = !child.isNumbered || record.number != nil
            guard !isNamed || taken.insert(key).inserted else {
                throw Failure(.refused, .records, child.distinct?.sentence ?? "\(key.said) is there twice")
            }
            if isNamed, let id = left.removeValue(forKey: key) {
                if try update(record, child, id, at: child.isNumbered ? place : nil) { isChanged = true }
                written.append((id, record))
            } else {
                written.append((try insert(record, child, owner, at: place), record))
                isChanged = true
            }
        }
        // Rows may name each other.
        for (id, record) in written where try writeRows(record, child, owner, id) { isChanged = true }
        try remove(left.values, child)
        guard isChanged || !left.isEmpty else { return false }
        try child.after?(self, owner)
        return true
    }

    /// Changes the positions in a range by `step`.
    private func shift(_ child: Child, _ owner: Int, _ places: ClosedRange<Int>, by step: Int) throws {
        let column = child.place ?? child.naming.column
        try data.run(
            """
            UPDATE \(name: child.table) SET \(name: column) = \(name: column) + \(step)
            WHERE \(name: child.parent) = \(owner) AND \(name: column) BETWEEN \(places.lowerBound) AND \(places.upperBound)
            """)
    }

    /// Closes the gaps between positions.
    private func close(_ child: Child, _ owner: Int) throws {
        let column = child.place ?? child.naming.column
        try data.run(
            """
            UPDATE \(name: child.table) SET \(name: column) = ranked.place FROM (
                SELECT id, row_number() OVER (ORDER BY \(name: column), id) AS place FROM \(name: child.table)
                WHERE \(name: child.parent) = \(owner)
            ) AS ranked WHERE ranked.id = \(name: child.table).id AND \(name: column) <> ranked.place
            """)
    }
}

extension Child {
    /// The series of the numbers of a parent's rows.
    func series(_ owner: Int) -> String { "\(table) \(owner)" }

    func lacking(_ field: Field) -> Failure {
        Failure(.usage, .records, "\(article(name)) needs \(article(field.name))", reason: .field(field.name))
    }
}
