import Values

extension DisplayValue {
    /// The text in a table, without control characters.
    var cell: String {
        switch self {
        case .nothing: return ""
        case .text(let text), .status(let text, _): return TerminalText.text(text)
        case .lent(let lent): return TerminalText.text(lent.text)
        case .int(let value): return "\(value)"
        case .measure(let value, let unit): return DisplayValue.rounded(value) + (unit.isEmpty ? "" : " " + unit)
        case .money(let money): return money.grouped
        case .rate(let rate): return rate.grouped
        case .percent(let percent): return "\(percent)%"
        case .quantity(let quantity): return quantity.description
        case .length(let length): return length.description
        case .seconds(let seconds): return seconds.spoken
        case .day(let day): return day.description
        case .moment(let moment, let offset): return moment.local(offset: offset)
        case .yes(let yes): return yes ? "yes" : "no"
        case .nested(let nested): return nested.cell
        }
    }

    var tone: Tone { if case .status(_, let tone) = self { tone } else { .plain } }

    /// The type of a cell without a heading.
    var type: ShownType {
        switch self {
        case .nothing, .text, .lent: .text
        case .int: .int
        case .measure: .number
        case .money: .money
        case .rate: .rate
        case .percent: .percent
        case .quantity: .quantity
        case .length: .length
        case .seconds: .seconds
        case .day: .day
        case .moment: .moment
        case .yes: .bool
        case .status: .status
        case .nested: .nested
        }
    }

    /// Two decimals, or none if they are zeros.
    private static func rounded(_ value: Double) -> String {
        var out: [UInt8] = []
        out.append(double: value, format: "%.2f")
        if out.suffix(3).elementsEqual(".00".utf8) { out.removeLast(3) }
        return out == Array("-0".utf8) ? "0" : String(decoding: out, as: UTF8.self)
    }
}

extension Nested {
    /// `LINE 8, ARC 2` for an object; for an array of objects the first value of each.
    var cell: String {
        switch self {
        case .value(let value): value.cell
        case .object(let members): members.map { TerminalText.text($0.name) + " " + $0.value.cell }.joined(separator: ", ")
        case .array(let values): values.map(\.short).joined(separator: ", ")
        }
    }

    private var short: String { if case .object(let members) = self { members.first?.value.cell ?? "" } else { cell } }

    /// An array of objects as a listing of its own.
    var listing: Listing? {
        guard case .array(let values) = self, !values.isEmpty else { return nil }
        var headings: [Heading] = [], places: [String: Int] = [:], rows: [[DisplayValue]] = []
        for value in values {
            guard case .object(let members) = value else { return nil }
            var row = [DisplayValue](repeating: .nothing, count: headings.count)
            for member in members where member.audience != .programs {
                let shown = member.value.shownInCell
                if let place = places[member.name] {
                    if row[place] == .nothing { row[place] = shown }
                    if headings[place].type == .text, shown != .nothing { headings[place].type = shown.type }
                } else {
                    places[member.name] = headings.count
                    headings.append(Heading(TerminalText.text(member.name), shown.type))
                    row.append(shown)
                }
            }
            rows.append(row)
        }
        return Listing(headings, rows.map { $0 + [DisplayValue](repeating: .nothing, count: headings.count - $0.count) })
    }

    private var shownInCell: DisplayValue { if case .value(let value) = self { value } else { .nested(self) } }
}

/// The sum of a column.
struct Sum {
    private(set) var value = DisplayValue.nothing
    private var failed = false

    mutating func add(_ next: DisplayValue) {
        if value == .nothing {
            value = next
            return
        }
        switch (value, next) {
        case (.int(let a), .int(let b)): value = .int(plus(a, b))
        case (.money(let a), .money(let b)): value = .money(Money(cents: plus(a.cents, b.cents)))
        case (.rate(let a), .rate(let b)): value = .rate(Rate(millionths: plus(a.millionths, b.millionths)))
        case (.percent(let a), .percent(let b)): value = .percent(Percent(hundredths: plus(a.hundredths, b.hundredths)))
        case (.quantity(let a), .quantity(let b)): value = .quantity(Quantity(thousandths: plus(a.thousandths, b.thousandths)))
        case (.length(let a), .length(let b)): value = .length(Length(um: plus(a.um, b.um)))
        case (.seconds(let a), .seconds(let b)): value = .seconds(Seconds(ms: plus(a.ms, b.ms)))
        case (.measure(let a, let unit), .measure(let b, _)): value = .measure(a + b, unit: unit)
        default: break
        }
    }

    /// On overflow the sum is not shown, because a wrong one would be believed.
    private mutating func plus(_ a: Int, _ b: Int) -> Int {
        let (sum, over) = a.addingReportingOverflow(b)
        if over { failed = true }
        return sum
    }

    var cell: String { failed ? "" : value.cell }
}
