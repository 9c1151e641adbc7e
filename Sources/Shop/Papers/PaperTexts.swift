import Documents
import Store
import Values

/// The texts of a document besides its lines: sender, recipient, payment and terms. Once a document is sent it keeps them, by the names of
/// the settings and client fields, in the same form for every kind of document.
struct PaperTexts {
    /// The column in which a document stores them, in every table.
    static let column = "paper"
    private let texts: [String: String]

    init(_ texts: [String: String]) { self.texts = texts }

    private static let settings = [
        AnySetting(Settings.company), AnySetting(Settings.address), AnySetting(Settings.email), AnySetting(Settings.phone),
        AnySetting(Settings.vatNumber), AnySetting(Settings.registration), AnySetting(Settings.accent), AnySetting(Settings.currency),
        AnySetting(Settings.bankName), AnySetting(Settings.bankAccount), AnySetting(Settings.bankBranch), AnySetting(Settings.bankHolder),
        AnySetting(Settings.quoteTerms), AnySetting(Settings.invoiceTerms), AnySetting(Settings.paymentRequest),
        AnySetting(Settings.processes), AnySetting(Settings.deliveryAddress),
    ]

    /// The current settings, by their names.
    private static func current(_ shop: Shop) throws -> [String: String] {
        let stored = try shop.storedSettings()
        return Dictionary(settings.map { ($0.name, stored[$0.name] ?? $0.initialText) }) { first, _ in first }
    }

    /// The current texts of the shop and a supplier.
    init(_ shop: Shop, supplier: Int) throws {
        var texts = try PaperTexts.current(shop)
        let fields = ["name", "contact", "address", "vat_number", "account", "terms"]
        let columns = fields.map { "\(name: $0)" as SQL }.joined(", ")
        try shop.data.each("SELECT \(columns) FROM supplier WHERE id = \(supplier)") { row in
            for (i, field) in fields.enumerated() where !row.isNull(i) { texts["supplier." + field] = row.text(i) }
        }
        self.texts = texts
    }

    /// The current texts of the shop, for a paper that stays in it. The client's drawings are shown as they were measured.
    init(_ shop: Shop, drawingsOf client: Int) throws {
        var texts = try PaperTexts.current(shop)
        texts[Settings.processes.name] = try shop.drawingHabits(ofClient: client).processes.text
        self.texts = texts
    }

    /// The current texts of the shop and the client, and the person whom a document is addressed to.
    init(_ shop: Shop, client: Int, of role: ContactRole, _ table: String, _ id: Int) throws {
        var texts = try PaperTexts.current(shop)
        let attention = Noun.attention(role, of: table)
        try shop.data.each(
            """
            SELECT client.name, \(attention), address, vat_number FROM \(name: table) JOIN client ON client.id = \(client)
            WHERE \(name: table).id = \(id)
            """
        ) { row in
            for (i, field) in ["name", "contact", "address", "vat_number"].enumerated() where !row.isNull(i) {
                texts["client." + field] = row.text(i)
            }
        }
        // The client's drawings are shown as they were measured.
        texts[Settings.processes.name] = try shop.drawingHabits(ofClient: client).processes.text
        self.texts = texts
    }

    /// The texts as a JSON object, for storing.
    var kept: SQL {
        "json_object(\(texts.sorted { $0.key < $1.key }.map { "\($0.key), \($0.value)" as SQL }.joined(", ")))"
    }

    /// A setting as stored.
    subscript<Value>(_ setting: Setting<Value>) -> Value { texts[setting.name].flatMap { Value(reading: $0) } ?? setting.initial }

    var letterhead: BusinessDocument.Letterhead {
        var lines = PaperTexts.lines(self[Settings.address])
        for (label, text) in [
            ("", self[Settings.phone]), ("", self[Settings.email]), ("VAT no. ", self[Settings.vatNumber]),
            ("Reg. no. ", self[Settings.registration]),
        ] where !text.isEmpty { lines.append(label + text) }
        return BusinessDocument.Letterhead(
            company: self[Settings.company], lines: lines, accent: Colour(hex: self[Settings.accent].text) ?? .darkBlue)
    }

    /// The name and address of the client or supplier.
    var recipient: [String] {
        func text(_ field: String) -> String? { texts["client.\(field)"] ?? texts["supplier.\(field)"] }
        return [text("name") ?? ""] + (text("contact").map { ["Attention: \($0)"] } ?? [])
            + PaperTexts.lines(text("address") ?? "") + (text("vat_number").map { ["VAT no. \($0)"] } ?? [])
    }

    /// The shop's number with the supplier.
    var account: String? { texts["supplier.account"] }
    var supplierTerms: String? { texts["supplier.terms"] }

    /// Where goods for the shop go.
    var delivery: String {
        let own = self[Settings.deliveryAddress]
        return ([self[Settings.company]] + PaperTexts.lines(own.isEmpty ? self[Settings.address] : own)).joined(separator: "\n")
    }

    /// How to pay, with the document's number as the reference.
    func payment(_ number: String, request: String) -> BusinessDocument.Payment {
        let bank: [(String, String)] = [
            ("Bank", self[Settings.bankName]), ("Account holder", self[Settings.bankHolder]), ("Account", self[Settings.bankAccount]),
            ("Branch", self[Settings.bankBranch]),
        ]
        return BusinessDocument.Payment(
            "Payment", bank: bank.filter { !$0.1.isEmpty }.map { BusinessDocument.Fact($0.0, $0.1) },
            reference: .init("Payment reference", number), request: request)
    }

    /// `R 1 234.50`, `-R 10.00`
    func amount(_ money: Money) -> String {
        let sign = money < .zero ? "-" : "", positive = Money(cents: abs(money.cents))
        return "\(sign)\(self[Settings.currency].text) \(positive.grouped)"
    }

    /// `R 204.86`, `R 34.3038 per 1000`
    func amount(_ unit: UnitPrice) -> String {
        let price = unit.price, positive = Rate(millionths: abs(price.millionths)), sign = price.millionths < 0 ? "-" : ""
        return "\(sign)\(self[Settings.currency].text) \(positive.grouped)" + (unit.per == 1 ? "" : " per \(unit.per)")
    }

    static func lines(_ text: String) -> [String] { withLineFeeds(text).split(separator: "\n").map(String.init) }

    /// Returns a stored address with a line feed for each `|`, and without trailing blanks and empty lines. It works on bytes, because an
    /// import has an address in every row.
    static func withLineFeeds(_ address: String) -> String {
        func isBlank(_ byte: UInt8) -> Bool { byte == 32 || (9...13).contains(byte) }
        return String(unsafeUninitializedCapacity: address.utf8.count + 1) { out in
            var count = 0, start = 0
            func endLine() {
                while count > start, isBlank(out[count - 1]) { count -= 1 }
                guard count > start else { return }
                out[count] = UInt8(ascii: "\n")
                (count, start) = (count + 1, count + 1)
            }
            for byte in address.utf8 {
                if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "|") {
                    endLine()
                } else if count > start || !isBlank(byte) {
                    out[count] = byte
                    count += 1
                }
            }
            endLine()
            return max(0, count - 1)
        }
    }
}

extension Shop {
    /// The stored texts of a document; the current ones if it has not been sent yet.
    func paperTexts(_ table: String, _ id: Int, client: Int, for role: ContactRole) throws -> PaperTexts {
        try keptTexts(table, id) ?? PaperTexts(self, client: client, of: role, table, id)
    }

    func keptTexts(_ table: String, _ id: Int) throws -> PaperTexts? {
        let kept = try data.all(
            "SELECT key, value FROM json_each((SELECT \(name: PaperTexts.column) FROM \(name: table) WHERE id = \(id)))"
        ) {
            ($0.text(0), $0.text(1))
        }
        return kept.isEmpty ? nil : PaperTexts(Dictionary(kept) { $1 })
    }
}
