import Store
import Values

/// By how much prices are raised or, if it is negative, lowered: `5%`, `-3%`, `12.50`.
package enum Raise: Readable, Equatable, Sendable {
    case percent(Percent), amount(Rate)

    package static let word = "5%|AMOUNT"
    package static let expected = "a percentage or an amount (5%, -3%, 12.50)"

    package init?(reading text: String) {
        let plain = text.hasPrefix("+") ? String(text.dropFirst()) : text
        if plain.hasSuffix("%") {
            guard let percent = Percent(reading: plain), percent.hundredths != 0 else { return nil }
            self = .percent(percent)
        } else {
            guard Decimal.currency(of: plain).isEmpty, let amount = Rate(reading: plain), amount.millionths != 0 else { return nil }
            self = .amount(amount)
        }
    }

    /// The raised price. Half a step is rounded away from zero.
    /// - Parameter step: what the new price is a multiple of; nil for a cent, or a millionth if the price is no whole number of cents.
    /// - Returns: nil if it would be negative or too large.
    package func raised(_ price: Rate, to step: Rate?) -> Rate? {
        let unit = step?.millionths ?? (isInCents(price) ? 10_000 : 1)
        // In ten-thousandths of a millionth, so that it is rounded once.
        let exact: Int128
        switch self {
        case .percent(let percent): exact = Int128(price.millionths) * Int128(10_000 + percent.hundredths)
        case .amount(let amount): exact = (Int128(price.millionths) + Int128(amount.millionths)) * 10_000
        }
        let millionths = Int128(Decimal.rounded(exact, over: Int128(unit) * 10_000)) * Int128(unit)
        return exact < 0 || millionths >= Decimal.limit ? nil : Rate(millionths: Int(millionths))
    }

    private func isInCents(_ price: Rate) -> Bool {
        guard price.millionths % 10_000 == 0 else { return false }
        if case .amount(let amount) = self { return amount.millionths % 10_000 == 0 }
        return true
    }
}

extension Raise: CustomStringConvertible {
    package var description: String {
        switch self {
        case .percent(let percent): "\(percent) %"
        case .amount(let amount): "\(amount)"
        }
    }

    /// `raised by 5 %`, `lowered by 3 %`
    package var done: String { description.hasPrefix("-") ? "lowered by \(description.dropFirst())" : "raised by \(description)" }
}

/// Which prices are raised.
package struct PriceRaise: Sendable {
    package var kind: PriceKind
    /// The codes or names whose prices are raised; empty for every price of the kind.
    package var keys: [String]
    package var supplier: String?
    package var from: Day
    package var by: Raise
    package var step: Rate?

    package init(_ kind: PriceKind, keys: [String], supplier: String?, from: Day, by: Raise, to step: Rate?) {
        (self.kind, self.keys, self.supplier, self.from, self.by, self.step) = (kind, keys, supplier, from, by, step)
    }
}

/// A price before and after a raise.
package struct RaisedPrice: Sendable {
    fileprivate struct Old: Sendable {
        var id: Int
        var code: String
        var key: String
        var thickness: Length?
        var size: Size?
        var amount: Rate
        var from: Day
    }

    fileprivate var old: Old
    /// The code of the new price.
    package fileprivate(set) var code = ""
    package var after: Rate
    package var from: Day

    package static let columns: [Column<RaisedPrice>] = [
        Column("code") { $0.code }, Column("key") { $0.old.key }, Column("thickness_mm") { $0.old.thickness },
        Column("size") { $0.old.size }, Column("before") { $0.old.amount }, Column("after") { $0.after }, Column("from") { $0.from },
        Column("replaces") { $0.old.code },
    ]
}

extension Shop {
    /// Adds a raised price, valid from the day, for each price that is valid on it. One that begins on that very day was set for it, so it
    /// is left as it is; and the same raise again changes nothing.
    /// - Returns: the new prices, and notes for the user.
    /// - Throws: `refused` if a price would be negative or too large.
    package func raise(_ raise: PriceRaise) throws -> (prices: [RaisedPrice], notes: [String]) {
        var raised: [RaisedPrice] = [], same: [String] = [], set: [String] = [], wrong: [String] = []
        for old in try validPrices(raise) {
            guard old.from < raise.from else {
                set.append(old.code)
                continue
            }
            guard let after = raise.by.raised(old.amount, to: raise.step) else {
                wrong.append("\(old.code) (\(old.amount))")
                continue
            }
            if after == old.amount { same.append(old.code) } else { raised.append(RaisedPrice(old: old, after: after, from: raise.from)) }
        }
        guard wrong.isEmpty else {
            throw Failure(
                .refused, .price, "by \(raise.by) \(Shop.few(wrong)) would be below 0 or too large: nothing was written",
                hint: "laseros price list --kind \(raise.kind.rawValue)")
        }
        try add(&raised)
        let later = try laterPrices(than: raise.from, among: raised, raise.kind)
        let notes = [
            (set, "is set from \(raise.from) already and stays", "are set from \(raise.from) already and stay"),
            (same, "would not change", "would not change"), (later, "comes later and is not raised", "come later and are not raised"),
        ].filter { !$0.0.isEmpty }.map { codes, one, several in "\(Shop.few(codes)) \(worded(codes.count, one, several))" }
        return (raised, notes)
    }

    /// `PR-0001, PR-0002 and 3 more`
    static func few(_ codes: [String]) -> String {
        codes.prefix(10).joined(separator: ", ") + (codes.count > 10 ? " and \(codes.count - 10) more" : "")
    }

    /// The prices of a raise that are valid on its day.
    private func validPrices(_ raise: PriceRaise) throws -> [RaisedPrice.Old] {
        var conditions: [SQL] = ["kind = \(raise.kind)", "valid_from <= \(raise.from)", notReplaced(by: raise.from.cell)]
        let keys = try raise.keys.map { word in try storedKey(raise.kind, word) { try find(.operation, word).code } }
        if !keys.isEmpty { conditions.append("key IN (\(keys.map { "\($0)" as SQL }.joined(", ")))") }
        if let supplier = raise.supplier { conditions.append("supplier = \(supplier) COLLATE NOCASE") }
        return try data.all(
            """
            SELECT id, code, key, thickness_um, size, amount_micros, valid_from FROM price
            WHERE \(conditions.joined(" AND ")) ORDER BY key, thickness_um, size, id
            """
        ) { row in
            RaisedPrice.Old(
                id: row.int(0), code: row.text(1), key: row.text(2), thickness: try row.get(3), size: try row.get(4),
                amount: try row.get(5), from: try row.get(6))
        }
    }

    /// Adds the new prices with the supplier and the notes of the old.
    private func add(_ raised: inout [RaisedPrice]) throws {
        guard !raised.isEmpty else { return }
        let copy = try data.repeated(
            """
            INSERT INTO price (code, kind, key, thickness_um, size, amount_micros, valid_from, supplier, notes)
            SELECT ?1, kind, key, thickness_um, size, ?2, ?3, supplier, notes FROM price WHERE id = ?4
            """)
        var codes = ImportCodes(self, .price)
        let new = Record(.price)
        for i in raised.indices {
            raised[i].code = try codes.code(for: new)
            let price = raised[i]
            try copy.run([.text(price.code), price.after.cell, price.from.cell, .integer(price.old.id)])
        }
        try codes.reserve()
    }

    /// The codes of prices that replace raised ones after the day.
    private func laterPrices(than day: Day, among raised: [RaisedPrice], _ kind: PriceKind) throws -> [String] {
        guard !raised.isEmpty else { return [] }
        return try data.all(
            """
            SELECT later.code FROM price JOIN price AS later ON later.kind = price.kind AND later.key = price.key
                AND later.thickness_um IS price.thickness_um AND later.size IS price.size AND later.valid_from > \(day)
            WHERE price.id IN (\(SQL.ids(raised.map(\.old.id)))) ORDER BY later.id
            """
        ) { $0.text(0) }
    }
}
