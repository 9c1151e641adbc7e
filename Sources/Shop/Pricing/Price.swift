import Store
import Values

/// What a price is for.
package enum PriceKind: String, Choice, Stored, Presentable {
    case materialKilogram = "material-kg"
    case materialSheet = "material-sheet"
    case machineHour = "machine-hour"
    case gas
    /// Of an operation.
    case finishing

    /// Also reads `operation`.
    package init?(reading text: String) {
        let word = text.folded == "operation" ? PriceKind.finishing.rawValue : text.folded
        guard let kind = PriceKind.allCases.first(where: { $0.rawValue.folded == word }) else { return nil }
        self = kind
    }
}

extension Noun {
    /// A line of the price list: an amount that is valid from a day on.
    package static let price: Noun = {
        var noun = Noun(
            "price", "The price list: material, machine hours, gas, finishing", coding: .series("PR-", digits: 4),
            [
                Field("kind", PriceKind.self, "--kind KIND", "what it is a price of", operand: "KIND", filters: true),
                Field("key", Line.self, "--key KEY", "a material, machine, gas or operation", operand: "KEY", sorts: true, filters: true)
                    .led(
                        by: [
                            "gas": (Gas.choices, nil), "material-kg": ([], "material"), "material-sheet": ([], "material"),
                            "machine-hour": ([], "machine"), "operation": ([], "operation"), "finishing": ([], "operation"),
                        ]),
                Field(
                    "thickness_mm", Length.self, "-t, --thickness MM", "thickness of the material", column: "thickness_um", filters: true),
                Field("size", Size.self, "--size SIZE", "size of the sheet: width x height in mm", wide: true),
                Field(
                    "amount", Rate.self, "--amount AMOUNT", "the price of one unit of this kind", column: "amount_micros", operand: "AMOUNT"
                ),
                Field("from", Day.self, "--from DAY", "valid from this day", column: "valid_from", sorts: true),
                Field("supplier", Line.self, "--supplier NAME", "the supplier", wide: true),
                Field("notes", String.self, "--notes TEXT", "internal notes", wide: true),
            ])
        noun.title = "key"
        noun.filters = [
            Filter("--on DAY", Day.self, "only prices valid on this day") { day, _ in "valid_from <= \(day) AND \(notReplaced(by: day))" }
        ]
        noun.live = Live(leavingOut: "what a later price has replaced", unless: "on") { notReplaced(by: try $0.today().cell) }
        noun.check = { shop, record in
            if record.id == nil { record.fill("from", try shop.today()) }
            try Failure.naming(field: "key") { try shop.checkKey(&record) }
        }
        noun.advise = { shop, price, _ in [try shop.operationAdded(by: price)].compactMap { $0 } }
        noun.distinct = [Distinct("price", ["kind", "key", "thickness_um", "size", "valid_from"], "such a price")]
        noun.recognise = { shop, record in try shop.standing(price: record) }
        noun.examples = ["add": ["laseros price add material-kg SS 78.50 --thickness 2 --from 2026-01-01"]]
        return noun
    }()
}

/// The condition that no later price for the same thing was valid by a day.
func notReplaced(by day: Cell) -> SQL {
    """
    NOT EXISTS (SELECT 1 FROM price later WHERE later.kind = price.kind AND later.key = price.key
    AND later.thickness_um IS price.thickness_um AND later.size IS price.size
    AND later.valid_from > price.valid_from AND later.valid_from <= \(day))
    """
}

extension Shop {
    /// Replaces the key of a price by the code of its material, machine or operation, or checks that it is a gas.
    fileprivate func checkKey(_ record: inout Record) throws {
        guard record["key"] != nil || record["kind"] != nil else { return }
        let kept = try record.id.flatMap { id in
            try data.one("SELECT kind, key FROM price WHERE id = \(id)") { (kind: try $0.get(0) as PriceKind, key: $0.text(1)) }
        }
        guard let kind: PriceKind = record.value("kind") ?? kept?.kind, let key: String = record.value("key") ?? kept?.key else { return }
        record["key"] = try storedKey(kind, key) { try pricedOperation(key) }.cell
    }

    /// The key of a price as it is stored: the code of the material, machine or operation that a word names, or the gas.
    /// - Parameter operation: finds the operation.
    func storedKey(_ kind: PriceKind, _ word: String, operation: () throws -> String) throws -> String {
        switch kind {
        case .materialKilogram, .materialSheet: return try known(.material, word) { try self.material(word).code }
        case .machineHour: return try known(.machine, word) { try self.find(.machine, word).code }
        case .gas:
            guard let gas = Gas(reading: word) else {
                throw Failure(.refused, .price, "'\(word)' is not a gas: \(Gas.choices.joined(separator: ", "))")
            }
            return gas.rawValue
        case .finishing: return try known(.operation, word, operation)
        }
    }

    /// Updates the prices of a material, machine or operation to its new code.
    func rekeyPrices(_ kinds: [PriceKind], of noun: Noun, _ record: Record) throws {
        guard let id = record.id, let code = record.code, let old = try self.code(of: noun, id) else { return }
        try data.run("UPDATE price SET key = \(code) WHERE \(Shop.keyed(kinds, old))")
    }

    /// - Throws: `refused`, with the prices that a material, machine or operation still has.
    func demandNoPrices(_ kinds: [PriceKind], of noun: Noun, _ id: Int) throws {
        guard let code = try code(of: noun, id) else { return }
        let prices = try data.all("SELECT code FROM price WHERE \(Shop.keyed(kinds, code)) ORDER BY id") { $0.text(0) }
        guard !prices.isEmpty else { return }
        let shown = prices.prefix(10).joined(separator: ", ") + (prices.count > 10 ? ", ..." : "")
        throw Failure(
            .refused, noun.area, "\(code) cannot be removed: it still has \(counted(prices.count, .price)): \(shown)",
            hint: "laseros price list --key \(code)")
    }

    private static func keyed(_ kinds: [PriceKind], _ key: String) -> SQL {
        "kind IN (\(kinds.map { "\($0)" as SQL }.joined(", "))) AND key = \(key)"
    }

    /// Finds the price that a row without a code refers to: the same kind, key, thickness, size and day. Without a day it is the one valid
    /// today, if the amount is the same or it is valid from today. So importing the same list twice changes nothing.
    fileprivate func standing(price record: Record) throws -> Int? {
        var record = record
        guard let kind = record["kind"], record["key"] != nil else { return nil }
        if case .text(PriceKind.finishing.rawValue) = kind { try checkKey(&record) }
        guard let key = record["key"] else { return nil }
        let of: SQL = """
            kind = \(kind) AND key = \(key) AND thickness_um IS \(record["thickness_mm"] ?? .null) AND size IS \(record["size"] ?? .null)
            """
        if let from = record["from"] { return try data.one("SELECT id FROM price WHERE \(of) AND valid_from = \(from)") { $0.int(0) } }
        let day = try today()
        let newest: SQL =
            "SELECT id, amount_micros, valid_from FROM price WHERE \(of) AND valid_from <= \(day) ORDER BY valid_from DESC LIMIT 1"
        let last = try data.one(newest) { (id: $0.int(0), amount: $0.cell(1), from: try $0.get(2) as Day) }
        guard let last, last.amount == record["amount"] || last.from == day else { return nil }
        return last.id
    }
}

/// A valid price, with the code of its line.
package struct Price: Sendable {
    package var code: String
    package var amount: Rate
    package var from: Day
    package var thickness: Length?
    package var size: Size?
}

extension Shop {
    /// Returns the prices of a kind and keys that are valid on a day, the most specific first.
    package func prices(_ kind: PriceKind, _ keys: [String], thickness: Length? = nil, on day: Day) throws -> [Price] {
        var found: [Price] = []
        for key in keys {
            found += try data.all(
                """
                SELECT code, amount_micros, valid_from, thickness_um, size FROM price
                WHERE kind = \(kind) AND key = \(key) AND valid_from <= \(day) AND (thickness_um IS NULL OR thickness_um = \(thickness))
                ORDER BY thickness_um IS NULL, valid_from DESC, id DESC
                """
            ) { row in
                Price(code: row.text(0), amount: try row.get(1), from: try row.get(2), thickness: try row.get(3), size: try row.get(4))
            }
        }
        return found
    }
}
