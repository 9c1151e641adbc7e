import Store
import Values

extension FileCell {
    /// Whether the cell contains a value, valid or not.
    fileprivate var isValue: Bool {
        switch self {
        case .nothing, .cleared, .text(""): false
        default: true
        }
    }
}

/// Child rows within a row of a file, such as the lines of a quote, as `export` prints them.
extension Import {
    /// Writes the child rows of the last row.
    func write(_ rows: ChildRows, _ line: Int) throws {
        guard let row = outcomes.last, let id = row.id, row.result != .skipped else { return try check(rows, line) }
        for (column, child, said) in rows {
            let path = children[child], isNew = row.result == .added
            if let said, !isNew, try isStored(said, child, of: id) { continue }
            guard let records = try records(of: path.child, said, column, line), try shop.replace(path, of: id, by: records, isNew: isNew),
                row.result == .same
            else { continue }
            outcomes[outcomes.count - 1].result = .changed
        }
    }

    /// Whether the rows of a record are stored as the file has them.
    private func isStored(_ said: UnreadRows, _ child: Int, of id: Int) throws -> Bool {
        // Rows that have rows of their own are compared one by one.
        guard !children[child].child.children.contains(where: \.isShown) else { return false }
        let reader = try childReaders[child] ?? ChildReader(shop, children[child])
        childReaders[child] = reader
        return try said.isExport(reader.rows(of: id))
    }

    /// Reads child rows that are not written, to find their faults.
    func check(_ rows: ChildRows, _ line: Int) throws {
        for (column, child, said) in rows { _ = try records(of: children[child].child, said, column, line) }
    }

    /// - Returns: nil if the cell or one of its rows has a fault.
    private func records(of child: Child, _ said: UnreadRows?, _ column: String, _ line: Int) throws -> [ChildRecord]? {
        switch said?.read() {
        case .rows(let rows):
            let records = try records(of: child, rows, column, line)
            return faults.hasRowFault ? nil : records
        case .wrong(let message):
            try fault(line, column, message)
            return nil
        default: return []
        }
    }

    /// Converts the child rows to records, in the order of the file.
    /// - Parameter column: the name of the column in faults: `lines`.
    func records(of child: Child, _ rows: [[(column: String, said: FileCell)]], _ column: String, _ line: Int) throws -> [ChildRecord] {
        try rows.enumerated().map { i, row in
            var record = ChildRecord(child)
            record.mayLackFiles = true
            for field in child.fields where field.required && !row.contains(where: { $0.column == field.name && $0.said.isValue }) {
                try fault(line, "\(column)[\(i + 1)]", child.lacking(field).message)
            }
            for (name, said) in row {
                let place = "\(column)[\(i + 1)].\(name)"
                if child.isMovable, name == child.naming.name {
                    if child.isNumbered { record.number = try number(said, place, line) }
                    continue
                }
                if let inner = child.children.first(where: { $0.plural == name && $0.isShown }) {
                    switch said {
                    case .rows(let rows): record.below[name] = try records(of: inner, rows, place, line)
                    case .wrong(let message): try fault(line, place, message)
                    default: continue
                    }
                } else if let f = child.fields.firstIndex(where: { $0.name == name }) {
                    if child.fields[f].isPortable { record.cells[f] = try cell(said, child, f, place, line) }
                } else {
                    let hint = suggestion(for: name, among: child.fields.map(\.name)).map { ", \($0)" } ?? ""
                    try fault(line, place, "\(child.plural) have no such column\(hint)")
                }
            }
            return record
        }
    }

    /// The number of a numbered row; nil for a new one.
    private func number(_ said: FileCell, _ place: String, _ line: Int) throws -> Int? {
        switch said {
        case .text(let typed), .number(_, let typed):
            if let count = Count(reading: typed) { return count.value }
            try fault(line, place, "'\(typed)' is not \(Count.wanted(for: typed))")
        case .wrong(let message): try fault(line, place, message)
        case .rows, .unread: try fault(line, place, "holds a list or an object, where one value belongs")
        case .nothing, .cleared: break
        }
        return nil
    }

    private func cell(_ said: FileCell, _ child: Child, _ f: Int, _ place: String, _ line: Int) throws -> Cell? {
        let f = firstFields[child.table, default: 0] + f
        switch said {
        case .text(let typed): return try read(typed, typed, "", f, line, place)
        case .number(let plain, let typed): return try read(fields[f].heading.type.isNumber ? plain : typed, typed, "", f, line, place)
        case .wrong(let message):
            try fault(line, place, message)
            return nil
        case .rows, .unread:
            try fault(line, place, "holds a list or an object, where one value belongs")
            return nil
        case .nothing, .cleared: return nil
        }
    }
}
