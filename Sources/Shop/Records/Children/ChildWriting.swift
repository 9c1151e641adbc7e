import Store
import Values

/// The values to write into a row of a child, by field; nil for fields that are not given.
package struct ChildRecord: Sendable {
    package var cells: [Cell?]
    /// The number of a numbered row; nil for a new one.
    var number: Int?
    /// Whether it may name files by hashes that its record does not have, as what an import brings.
    var mayLackFiles = false
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
            let count = try lastPlace(child, owner)
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
        let to = try demand(place: place, upTo: try lastPlace(child, owner), thing, path)
        let from = try data.one("SELECT \(name: column) FROM \(name: child.table) WHERE id = \(row)") { $0.int(0) } ?? to
        guard from != to else { return false }
        try shift(child, owner, from < to ? from + 1...to : to...from - 1, by: from < to ? -1 : 1)
        try data.run("UPDATE \(name: child.table) SET \(name: column) = \(to) WHERE id = \(row)")
        try child.after?(self, owner)
        return true
    }

    package func remove(_ rows: [Int], of thing: RecordID, _ path: ChildPath) throws {
        try demandOpen(path.noun, thing.id)
        let child = path.child, owner = try owner(path, thing.id)
        do { try remove(rows, child) } catch let failure as Failure where failure.reason == .isReferredTo {
            throw Failure(.refused, path.noun.area, "\(thing.code): \(try stillNamed(rows, child))")
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

    /// The next number of a numbered child. Numbers are not given again, whatever was removed or undone.
    func nextNumber(of child: Child, _ owner: Int) throws -> Int {
        let series = child.series(owner)
        // Rows that were imported have brought their numbers.
        let column = child.naming.column
        let highest = try data.one(
            "SELECT coalesce(max(\(name: column)), 0) FROM \(name: child.table) WHERE \(name: child.parent) = \(owner)"
        ) { $0.int(0) }
        if let highest, highest > 0 { try reserve(series, through: highest) }
        return try next(series)
    }

    /// Warnings for the user about the rows of a record.
    package func advice(_ path: ChildPath, of id: Int) throws -> [String] { try path.child.advise?(self, owner(path, id)) ?? [] }

    /// The id of the parent of a record's child rows: the record itself, or the current row of the table between.
    func owner(_ path: ChildPath, _ id: Int) throws -> Int {
        guard path.steps.count > 1 else { return id }
        let above = ChildPath(noun: path.noun, steps: path.steps.dropLast())
        let owner = try data.one("SELECT \(name: above.child.table).id FROM \(above.from) WHERE \(above.root) = \(id)") { $0.int(0) }
        guard let owner else { throw Failure(.notFound, path.noun.area, "there is no such \(path.noun.name)") }
        return owner
    }

    /// The place of the last row, which is their number: the places have no gaps. An index tells it at once.
    private func lastPlace(_ child: Child, _ owner: Int) throws -> Int {
        let place = child.place ?? child.naming.column
        return try data.one("SELECT max(\(name: place)) FROM \(name: child.table) WHERE \(name: child.parent) = \(owner)") {
            $0.isNull(0) ? 0 : $0.int(0)
        } ?? 0
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
