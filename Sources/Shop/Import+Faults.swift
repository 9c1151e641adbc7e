import Store
import Values

/// What is wrong with a row is told in full, each thing with the column that it stands in.
extension Import {
    /// Faults that were found before a row could be read.
    package func note(_ found: [Failure.Fault]) throws {
        for fault in found { try self.fault(fault.line ?? 0, fault.column, fault.message) }
    }

    func fault(_ line: Int, _ column: String?, _ message: String) throws { try faults.add(line, column, message) }

    /// Tells of every field that the database would refuse.
    /// - Returns: what it would say.
    func tellBroken(_ record: Record, _ line: Int, _ said: (Int) -> Said) throws -> [String] {
        let rules = try rules ?? FieldRules(shop, noun)
        self.rules = rules
        return try rules.broken(by: record, in: shop).map { field, sentence in
            let i = targets.firstIndex { if case .field(field, _) = $0 { true } else { false } }
            try fault(line, i.map { columns[$0] }, (i.flatMap { said($0).typed }.map { "'\($0)': " } ?? "") + sentence)
            return sentence
        }
    }

    /// The one column whose text a message quotes.
    func column(of message: String, _ said: (Int) -> Said) -> String? {
        let length = message.utf8.count
        let quoted = columns.indices.filter { i in
            // A text that is longer than the message is not in it, and may be long.
            said(i).typed.map { !$0.isEmpty && $0.utf8.count < length && message.contains("'\($0)'") } ?? false
        }
        return quoted.count == 1 ? columns[quoted[0]] : nil
    }

    /// What a new thing lacks besides, where it is plain that the row is one: all that is wrong with it is told at once.
    func tellLacking(_ record: Record, _ line: Int) throws {
        guard record.code == nil, noun.identity.isEmpty, noun.recognise == nil else { return }
        for i in required where record.cells[i]?.isNull ?? true {
            let isTold = zip(targets, columns).contains { target, column in
                if case .field(i, _) = target { faults.isWrong(column) } else { false }
            }
            if !isTold { try fault(line, nil, record.lacking(noun.fields[i]).message) }
        }
    }

    /// - Throws: `input` with every fault, where there was one.
    func failWithFaults() throws {
        guard !faults.isEmpty else { return }
        let count = "\(faults.count) \(faults.count == 1 ? "fault" : "faults")"
        var failure = Failure(.input, "\(file) has \(count): nothing was written", faults: faults.first)
        failure.further = faults.further
        throw failure
    }
}
