import Store
import Values

extension Shop {
    /// Checks the transitions that an import has brought.
    /// - Throws: `refused` if one starts from another state than that before it led to, or the last leads to another than that of the record.
    func demandChain(_ noun: Noun, _ id: Int) throws {
        guard let cycle = noun.lifeCycle, cycle.column != nil else { return }
        var last: (place: Int, to: String)?, fault: String?
        try data.each(
            "SELECT position, from_status, to_status FROM move WHERE \(name: noun.name + "_id") = \(id) ORDER BY position"
        ) { row in
            let place = row.int(0)
            if fault == nil, let last, let from: String = try row.get(1), from != last.to {
                fault = "move \(place) starts from \(from), but move \(last.place) leads to \(last.to)"
            }
            last = (place, row.text(2))
        }
        if fault == nil, let last, case let state = try state(of: noun, id), state != last.to {
            fault = "the last move leads to \(last.to), but the \(noun.word) is \(state)"
        }
        if let fault { throw Failure(.refused, .records, fault, reason: .field("moves")) }
    }
}
