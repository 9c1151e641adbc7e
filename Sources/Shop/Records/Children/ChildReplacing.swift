import Store
import Values

/// Replaces the rows of a record by those of a file.
extension Shop {
    /// Replaces the rows of a record.
    /// - Parameter isNew: whether the record has no rows yet.
    /// - Returns: whether anything changed.
    func replace(_ path: ChildPath, of id: Int, by records: [ChildRecord], isNew: Bool) throws -> Bool {
        let isChanged = try replace(path.child, of: try owner(path, id), by: records, isNew: isNew)
        if isChanged, !isNew { try demandOpen(path.noun, id) }
        return isChanged
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
        do { try remove(left.values, child) } catch let failure as Failure where failure.reason == .isReferredTo {
            throw Failure(.refused, .records, try stillNamed(left.values, child), reason: .field(child.plural))
        }
        guard isChanged || !left.isEmpty else { return false }
        try child.after?(self, owner)
        return true
    }
}

/// Writes single rows, regardless of the state of their record.
extension Shop {
    /// Columns without a given value get the default of the table.
    func insert(_ record: ChildRecord, _ child: Child, _ owner: Int, at place: Int?) throws -> Int {
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
    func writeRows(_ record: ChildRecord, _ child: Child, _ owner: Int, _ row: Int) throws -> Bool {
        var isChanged = false
        for (field, cell) in zip(child.fields, record.cells) {
            if let write = field.writesRows, let cell, try write(self, owner, row, cell) { isChanged = true }
        }
        return isChanged
    }

    /// - Parameter place: the place of a numbered row; nil if it stays.
    func update(_ record: ChildRecord, _ child: Child, _ row: Int, at place: Int? = nil) throws -> Bool {
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

    func remove(_ rows: some Collection<Int>, _ child: Child) throws {
        guard !rows.isEmpty else { return }
        try child.beforeRemoval?(self, SQL.ids(rows))
        try removeRows(child.children, of: SQL.ids(rows))
        try data.run("DELETE FROM \(name: child.table) WHERE id IN (\(SQL.ids(rows)))")
    }

    /// Removes the child rows of these rows, recursively.
    /// - Parameter owners: ids, or a statement that selects them.
    func removeRows(_ children: [Child], of owners: SQL) throws {
        for child in children {
            try removeRows(child.children, of: "SELECT id FROM \(name: child.table) WHERE \(name: child.parent) IN (\(owners))")
            try data.run("DELETE FROM \(name: child.table) WHERE \(name: child.parent) IN (\(owners))")
        }
    }

    /// Why rows cannot be removed: `part 3 cannot be removed: it is named by 1 quote line`.
    func stillNamed(_ rows: some Collection<Int>, _ child: Child) throws -> String {
        let keys = try data.all(
            """
            SELECT t.name, k."from" FROM sqlite_schema t, pragma_foreign_key_list(t.name) k
            WHERE t.type = 'table' AND k."table" = \(child.table) ORDER BY t.rowid
            """
        ) { (table: $0.text(0), column: $0.text(1)) }.filter { key in
            // The rows below it go with it.
            !child.children.contains { $0.table == key.table && $0.parent == key.column }
        }
        let ids = SQL.ids(rows)
        let users = try keys.compactMap { table, column in
            let count = try data.one("SELECT count(*) FROM \(name: table) WHERE \(name: column) IN (\(ids))") { $0.int(0) } ?? 0
            return count == 0 ? nil : counted(count, History.words(table))
        }
        let isNamed = keys.map { "EXISTS (SELECT 1 FROM \(name: $0.table) WHERE \(name: $0.column) = \(name: child.table).id)" as SQL }
        let names = try data.all(
            """
            SELECT \(name: child.naming.column) FROM \(name: child.table) WHERE id IN (\(ids)) AND (\(isNamed.joined(" OR ")))
            ORDER BY \(name: child.naming.column)
            """
        ) { $0.cell(0).said }
        let shown = names.prefix(5).joined(separator: ", ") + (names.count > 5 ? " and \(names.count - 5) more" : "")
        return "\(worded(names.count, child.name, child.plural)) \(shown) cannot be removed: "
            + "\(worded(names.count, "it is", "they are")) named by \(users.joined(separator: ", "))"
    }
}

extension Child {
    /// The series of the numbers of a parent's rows.
    func series(_ owner: Int) -> String { "\(table) \(owner)" }

    func lacking(_ field: Field) -> Failure {
        Failure(.usage, .records, "\(article(name)) needs \(article(field.name))", reason: .field(field.name))
    }
}
