import Store
import Values

/// Reports all faults of a row, each with its column.
extension Import {
    /// From now on a row with a fault is left out, and does not refuse the file.
    package func setRowsAside() { faults.setsAside = true }

    /// The faults for which the last row was left out.
    package var rowFaults: [Failure.Fault] { faults.ofRow }

    /// Whether the file is refused already.
    package var isRefused: Bool { !faults.isEmpty }

    /// Adds faults of rows that could not be read, for which the file is refused.
    package func refuse(_ found: [Failure.Fault]) throws {
        let setsAside = faults.setsAside
        faults.setsAside = false
        try note(found)
        faults.setsAside = setsAside
    }

    /// Adds faults that were found before the row could be read.
    func note(_ found: [Failure.Fault]) throws {
        for fault in found { try self.fault(fault.line ?? 0, fault.column, fault.message) }
    }

    func fault(_ line: Int, _ column: String?, _ message: String) throws { try faults.add(line, column, message) }

    /// Reports every field that violates a constraint.
    /// - Returns: the names of the violated constraints.
    func tellBroken(_ record: Record, _ line: Int, _ said: (Int) -> FileCell) throws -> [String] {
        let rules = try rules ?? FieldRules(shop, noun)
        self.rules = rules
        return try rules.broken(by: record, in: shop).map { field, name, sentence in
            let i = targets.firstIndex { if case .field(field, _) = $0 { true } else { false } }
            try fault(line, i.map { columns[$0] }, (i.flatMap { said($0).typed }.map { "'\($0)': " } ?? "") + sentence)
            return name
        }
    }

    /// The column of the value that a failure is about.
    func column(of failure: Failure) -> String? {
        guard case .field(let name)? = failure.reason else { return nil }
        let i = targets.firstIndex { target in
            switch target {
            case .code: name == "code"
            case .field(let i, _): noun.fields[i].name == name
            case .rows(let i): children[i].child.plural == name
            default: false
            }
        }
        return i.map { columns[$0] }
    }

    /// Reports missing required fields, if the row is clearly a new record, so that all its faults are reported at once.
    func tellLacking(_ record: Record, _ line: Int) throws {
        guard record.code == nil, noun.identity.isEmpty, noun.recognise == nil else { return }
        for i in required where record.cells[i]?.isNull ?? true {
            let isTold = zip(targets, columns).contains { target, column in
                if case .field(i, _) = target { faults.isWrong(column) } else { false }
            }
            if !isTold { try fault(line, nil, record.lacking(noun.fields[i]).message) }
        }
    }

    /// - Throws: `input` with all faults, if there are any.
    func failWithFaults() throws {
        guard !faults.isEmpty else { return }
        let count = "\(counted(faults.count, "fault"))"
        var failure = Failure(.input, .importing, "\(file) has \(count): nothing was written", faults: faults.first)
        failure.further = faults.further
        throw failure
    }
}
