import Store
import Values

/// What a price is for.
package enum PriceKind: String, Choice, Stored, Presentable {
    case materialKilogram = "material-kg"
    case materialSheet = "material-sheet"
    case machineHour = "machine-hour"
    case gas, finishing
}

extension Noun {
    /// A line of the price list: an amount from a day on.
    package static let price: Noun = {
        var noun = Noun(
            "price", "The price list: material, machine hours, gas, finishing", coding: .series("PR-", digits: 4),
            [
                Field("kind", PriceKind.self, "--kind KIND", "what it is for", operand: "KIND", filters: true),
                Field("key", Line.self, "--key KEY", "a material, machine, gas or finish", operand: "KEY", sorts: true, filters: true),
                Field("thickness_mm", Length.self, "-t, --thickness MM", "of the material", column: "thickness_um", filters: true),
                Field("size", Size.self, "--size SIZE", "of the sheet, width x height in mm", wide: true),
                Field("amount", Rate.self, "--amount AMOUNT", "in rand a unit of the kind", operand: "AMOUNT"),
                Field("from", Day.self, "--from DAY", "the first day it holds", column: "valid_from", sorts: true),
                Field("supplier", Line.self, "--supplier NAME", "who asks it", wide: true),
                Field("notes", String.self, "--notes TEXT", "what else to know", wide: true),
            ])
        noun.title = "key"
        noun.identity = ["kind", "key", "thickness_mm", "size", "from"]
        noun.filters = [
            Filter("--on DAY", Day.self, "only what holds on that day") { day, _ in
                """
                valid_from <= \(day) AND NOT EXISTS (SELECT 1 FROM price later WHERE later.kind = price.kind AND later.key = price.key
                AND coalesce(later.thickness_um, -1) = coalesce(price.thickness_um, -1) AND coalesce(later.size, '') = coalesce(price.size, '')
                AND later.valid_from > price.valid_from AND later.valid_from <= \(day))
                """
            }
        ]
        noun.check = { shop, record in if record.id == nil { record.fill("from", try shop.today()) } }
        noun.examples = ["add": ["laseros price add material-kg SS 78.50 --thickness 2 --from 2026-01-01"]]
        return noun
    }()
}

/// A price that holds, with the code of its line.
package struct Price: Sendable {
    package var code: String
    package var amount: Rate
    package var from: Day
    package var thickness: Length?
    package var size: Size?
}

extension Shop {
    /// The prices of a kind and key that hold on a day, the most particular first.
    package func prices(_ kind: PriceKind, _ keys: [String], thickness: Length? = nil, on day: Day) throws -> [Price] {
        var found: [Price] = []
        for key in keys {
            found += try data.all(
                """
                SELECT code, amount, valid_from, thickness_um, size FROM price
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
