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
    func write(_ rows: [(child: Int, records: [ChildRecord])]) throws {
        guard let row = outcomes.last, let id = row.id, row.result != .skipped else { return }
        for (child, records) in rows {
            guard try shop.replace(children[child], of: id, by: records, isNew: row.result == .added), row.result == .same else { continue }
            outcomes[outcomes.count - 1].result = .changed
        }
    }

    /// Converts the child rows to records, in the order of the file.
    /// - Parameter column: the name of the column in faults: `lines`.
    func records(of child: Child, _ rows: [[(column: String, said: FileCell)]], _ column: String, _ line: Int) throws -> [ChildRecord] {
        try rows.enumerated().map { i, row in
            var record = ChildRecord(child)
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
        case .rows: try fault(line, place, "holds a list or an object, where one value belongs")
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
        case .rows:
            try fault(line, place, "holds a list or an object, where one value belongs")
            return nil
        case .nothing, .cleared: return nil
        }
    }
}
