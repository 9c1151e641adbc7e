import Store
import Values

/// Describes faults of rows in the words of the nouns.
struct RowWords {
    private let shop: Shop
    private let history: History

    /// The checkpoint from which the journal is replayed, which contains all rows.
    private let checkpoint: Int?

    init(_ shop: Shop) throws { (self.shop, history, checkpoint) = (shop, History(shop), try shop.data.lastCheckpoint()) }

    /// `invoice INV-2026-0003: total is 120.00, the journal says 100.00`
    func sentence(_ fault: RowFault) throws -> String {
        let row = "\(History.words(fault.table)) \((try? label(fault)) ?? "#\(fault.id)")"
        switch fault.kind {
        case .other(let column, let now, let said):
            let (name, present) = history.presenter(of: column, in: fault.table)
            let shown = try RowWords.text(now, present), expected = try RowWords.text(said, present)
            // The unit follows the number.
            let words = ["_mm", "_s"].first { name.hasSuffix($0) }.map { name.dropLast($0.count) } ?? name[...]
            guard shown != expected else { return "\(row): \(words) is another than the journal says" }
            return "\(row): \(words) is \(shown), the journal says \(expected)"
        case .missing(let entry): return "\(row) is missing: entry \(entry) \(entry == checkpoint ? "has" : "added") it"
        case .unknown: return "\(row) is in no entry"
        case .removed(let entry): return "\(row) is there, but entry \(entry) removed it"
        case .contradiction(let entry): return "entry \(entry) does not follow from those before: \(row) was not so"
        }
    }

    /// The name of the row according to the journal, because the row itself may be altered or its table missing.
    private func label(_ fault: RowFault) throws -> String {
        let columns = try shop.columns(of: fault.table)
        let said = columns.map { fault.said[$0].flatMap { $0.isNull ? nil : $0 } }
        return try history.label(fault.table, fault.id, Change(adding: said, to: fault.table, id: fault.id))
    }
}

extension RowWords {
    /// A cell as part of a sentence.
    /// - Parameter whole: whether a long text is not cut off, and texts are not in quotes.
    static func text(_ cell: Cell, _ present: (Cell) throws -> DisplayValue, whole: Bool = false) throws -> String {
        if whole, case .text(let text) = cell { return text.split(separator: "\n").joined(separator: ", ") }
        // Another program may have written numbers outside the program's range.
        if case .integer(let n) = cell, n.magnitude > Decimal.limit { return "\(n)" }
        switch try present(cell) {
        case .text(let text), .status(let text, _): return quoted(text)
        case .lent(let lent): return quoted(lent.text)
        case .int(let n): return "\(n)"
        case .measure(let x, _): return "\(x)"
        case .money(let money): return "\(money)"
        case .rate(let rate): return "\(rate)"
        case .percent(let percent): return "\(percent) %"
        case .quantity(let quantity): return "\(quantity)"
        case .length(let length): return "\(length) mm"
        case .seconds(let seconds): return "\(seconds) s"
        case .day(let day): return "\(day)"
        case .moment(let moment, let offset): return moment.local(offset: offset)
        case .yes(let yes): return yes ? "yes" : "no"
        case .nested: return "a list"
        case .nothing: return raw(cell)
        }
    }

    /// A value that no field can show.
    private static func raw(_ cell: Cell) -> String {
        switch cell {
        case .null: "nothing"
        case .integer(let n): "\(n)"
        case .real(let x): "\(x)"
        case .text(let text): quoted(text)
        }
    }

    private static func quoted(_ text: String) -> String { text.count > 40 ? "'\(text.prefix(40))…'" : "'\(text)'" }
}
