import Store
import Values

/// The unit by which an operation is charged.
package enum ChargeUnit: String, Choice, Stored, Presentable {
    case piece, bend, metre
    case squareMetre = "m2"
}

extension Noun {
    /// What is done to parts besides cutting.
    package static let operation: Noun = {
        var noun = Noun(
            "operation", "What is done to parts besides cutting: where, and how it is charged", coding: .typed,
            from: "operation LEFT JOIN machine ON machine.id = operation.machine_id",
            [
                Field(
                    "name", Line.self, "--name NAME", "its name on paper, such as 'powder coated'", sql: "operation.name", operand: "NAME",
                    sorts: true
                ).short(),
                Field("machine", to: "machine", "--machine CODE", "where it is done"),
                Field("outside", Bool.self, "--outside yes|no", "whether others do it"),
                Field("charge", ChargeUnit.self, "--charge piece|bend|metre|m2", "what its price is for; else a piece", filters: true),
                Field("setup_s", Seconds.self, "--setup TIME", "how long it takes to set up (10m)", column: "setup_ms"),
                Field("each_s", Seconds.self, "--each TIME", "how long one piece takes (30s, 2m)", column: "each_ms"),
                Field("notes", String.self, "--notes TEXT", "internal notes", sql: "operation.notes", wide: true),
            ])
        noun.builtIn = ["cut": "it is priced from the drawing, and neither added nor removed"]
        noun.check = { shop, record in
            shop.forgetWords(of: .operation)
            try shop.rekeyPrices([.finishing], of: .operation, record)
        }
        noun.beforeRemoval = { shop, id in
            shop.forgetWords(of: .operation)
            try shop.demandNoPrices([.finishing], of: .operation, id)
        }
        noun.examples = ["add": ["laseros operation add anodise anodised --outside yes --charge m2"]]
        return noun
    }()
}

/// An operation, for pricing.
package struct Operation: Sendable {
    package var id: Int
    package var code: String
    /// Its name on paper.
    package var name: String
    package var charge: ChargeUnit
}

extension Shop {
    /// Finds an operation by its code or name, ignoring case and accents; nil if there is none.
    func operation(called word: String) throws -> Operation? {
        guard let id = try record(.operation, called: word)?.id else { return nil }
        return try data.one("SELECT id, code, name, charge FROM operation WHERE id = \(id)") { row in
            Operation(id: row.int(0), code: row.text(1), name: row.text(2), charge: try row.get(3))
        }
    }

    /// The operations that a finish names: one, or several separated by commas.
    func finishes(_ finish: String) throws -> [String] {
        if !finish.contains(",") { return [finish] }
        return try operation(called: finish) == nil ? finish.split(separator: ",").map { String(String($0).trimmed) } : [finish]
    }

    /// The codes of the operations that a finish names.
    func operations(ofFinish finish: String?) throws -> [String] {
        try finish.map { try finishes($0).compactMap { try operation(called: $0)?.code } } ?? []
    }

    /// A finish as paper says it: `bent, powder coated`.
    func finishName(_ finish: String) throws -> String {
        try finishes(finish).map { try operation(called: $0)?.name ?? $0 }.joined(separator: ", ")
    }

    /// The record with this code or name; nil if there is none or if there are several.
    private func record(_ noun: Noun, called word: String) throws -> RecordID? {
        do { return try find(noun, word, guessing: .names, hinting: false) } catch let failure as Failure where failure.kind == .notFound {
            return nil
        }
    }

    /// The code of the operation that a price is for. A word that names none adds one that is charged by the piece: a shop that only wants a
    /// price for a finish need not describe it.
    func pricedOperation(_ word: String) throws -> String {
        if let known = try operation(called: word) { return known.code }
        var new = Record(.operation)
        new.code = word
        if new.codeFault != nil, case let code = Shop.code(from: word), !code.isEmpty { new.code = code }
        new["name"] = word.cell
        let code = try add(new).code
        pricedAlone.insert(code)
        return code
    }

    /// A note about the operation that a price has added; nil if it was there.
    func operationAdded(by price: Record) throws -> String? {
        guard !pricedAlone.isEmpty, let key: String = price.value("key"), let code = try operation(called: key)?.code,
            pricedAlone.remove(code) != nil
        else { return nil }
        return "operation \(code) added"
    }

    /// A code that is like a name: `uberzug-matt` for `Überzug, matt`. Empty if the name has no letter or digit of ASCII.
    private static func code(from name: String) -> String {
        let letters = name.searchKey.split { !$0.isASCII || !($0.isLetter || $0.isNumber) }
        return String(letters.joined(separator: "-").prefix(Record.longestCode))
    }
}
