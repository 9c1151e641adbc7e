import Documents
import Store
import Values

/// What labels say of parts, lots, deliveries and operators. Each kind is read by one statement.
extension Shop {
    /// The labels of parts, in the order of their ids, and notes.
    /// - Parameter each: whether with a label for each piece.
    package func labels(ofParts ids: [Int], each: Bool) throws -> (labels: [Label], notes: [String]) {
        var found: [Int: LabelledPart] = [:]
        try data.each(
            """
            SELECT part.id, project.code || '.' || part.number, part.title, material.name, part.thickness_um, part.customer_material IS 1,
                part.quantity, client.name, project.due
            FROM part JOIN project ON project.id = part.project_id JOIN client ON client.id = project.client_id
            LEFT JOIN material ON material.id = part.material_id WHERE part.id IN (\(SQL.ids(ids)))
            """
        ) { row in
            let due: Day? = try row.get(8)
            found[row.int(0)] = LabelledPart(
                code: row.text(1), title: row.text(2), material: LabelWords.material(try row.get(3), try row.get(4)),
                isBrought: row.int(5) != 0, quantity: try row.get(6), client: row.text(7), due: due.map { "due \(LabelWords.day($0))" })
        }
        let parts = ids.compactMap { found[$0] }
        guard each else { return (parts.map { $0.label($0.quantity.map { counted($0, "piece") }) }, []) }
        try demandPrintable(parts.reduce(0) { $0 + ($1.quantity ?? 1) })
        let labels = parts.flatMap { part in
            (1...(part.quantity ?? 1)).map { number in part.label(part.quantity.map { "piece \(number) of \($0)" }) }
        }
        let uncounted = parts.filter { $0.quantity == nil }.map(\.code)
        let notes = uncounted.isEmpty ? [] : ["one label for want of a quantity: \(LabelWords.named(uncounted))"]
        return (labels, notes)
    }

    /// The labels of sheet lots and remnants, in the order of their ids.
    package func labels(ofLots ids: [Int]) throws -> [Label] {
        var found: [Int: Label] = [:]
        try data.each(
            """
            SELECT lot.id, lot.code, lot.kind, inv.code, inv.name, coalesce(lot.size, inv.size), lot.outline IS NOT NULL, material.name,
                coalesce(lot.thickness_um, inv.thickness_um), coalesce(lot.grade, inv.grade), lot.heat, lot.location, lot.received_on,
                client.name
            FROM lot LEFT JOIN inv ON inv.id = lot.inv_id
            LEFT JOIN material ON material.id = coalesce(lot.material_id, inv.material_id)
            LEFT JOIN client ON client.id = coalesce(lot.client_id, inv.client_id) WHERE lot.id IN (\(SQL.ids(ids)))
            """
        ) { row in
            let kind: LotKind = try row.get(2), item: String? = try row.get(4), size: Size? = try row.get(5)
            let material = LabelWords.material(try row.get(7), try row.get(8)), day: Day? = try row.get(12)
            let grade: String? = try row.get(9), heat: String? = try row.get(10), client: String? = try row.get(13)
            let told = size.map { LabelWords.size($0, isBox: row.int(6) != 0) }
            let location = (try row.get(11) as String?).map { "location \($0)" }
            let made = [LabelWords.joined([material, grade]), heat.map { "heat \($0)" }]
            let owner = client.map { "of \($0)" }, received = day.map { "received \(LabelWords.day($0))" }
            let details = kind == .remnant ? made + [location, owner] : [told] + made + [received, owner, location]
            let title = kind == .remnant ? told : item
            found[row.int(0)] = Label(code: row.text(1), title: title ?? "", details: details.compactMap { $0 })
        }
        return ids.compactMap { found[$0] }
    }

    /// The labels of deliveries, in the order of their ids.
    package func labels(ofDeliveries ids: [Int]) throws -> [Label] {
        var found: [Int: Label] = [:]
        try data.each(
            """
            SELECT delivery.id, delivery.code, client.name, coalesce(client.delivery_address, client.address), project.code, project.name,
                delivery.day, (SELECT sum(quantity) FROM delivery_line WHERE delivery_line.delivery_id = delivery.id)
            FROM delivery JOIN project ON project.id = delivery.project_id JOIN client ON client.id = project.client_id
            WHERE delivery.id IN (\(SQL.ids(ids)))
            """
        ) { row in
            let address = (try row.get(3) as String?).map { PaperTexts.lines($0).joined(separator: ", ") }
            let pieces: Int? = try row.get(7), day: Day = try row.get(6)
            let sent = LabelWords.joined([LabelWords.day(day), pieces.map { counted($0, "piece") }])
            let details = [address, "\(row.text(4)) \(row.text(5))", sent]
            found[row.int(0)] = Label(code: row.text(1), title: row.text(2), details: details.compactMap { $0 })
        }
        return ids.compactMap { found[$0] }
    }

    /// The cards of operators, in the order of their ids.
    package func labels(ofOperators ids: [Int]) throws -> [Label] {
        let company = try setting(Settings.company)
        var found: [Int: Label] = [:]
        try data.each("SELECT id, code, name FROM operator WHERE id IN (\(SQL.ids(ids)))") { row in
            found[row.int(0)] = Label(code: row.text(1), title: row.text(2), details: company.isEmpty ? [] : [company])
        }
        return ids.compactMap { found[$0] }
    }

    /// - Throws: `refused` for more labels than one file holds.
    package func demandPrintable(_ count: Int) throws {
        guard count > Shop.mostLabels else { return }
        throw Failure(
            .refused, .label, "\(count) labels are more than one file holds: \(Shop.mostLabels)", hint: "name fewer, or fewer copies")
    }

    private static let mostLabels = 5000

    /// Draws labels as a PDF.
    /// - Returns: its bytes, and notes on what it leaves out.
    package func pdf(of labels: [Label], on paper: LabelPaper, skipping skipped: Int) throws -> (bytes: [UInt8], notes: [String]) {
        let name = labels.count == 1 ? "Label \(labels[0].code)" : "Labels"
        let print = try LabelPrint(
            labels, on: paper, skipping: skipped, name: name, author: try setting(Settings.company), day: try today().description)
        let rendering = try print.render(print.pdf)
        return (rendering.bytes, rendering.losses.summary)
    }
}

/// What a label says of a part.
private struct LabelledPart {
    var code: String, title: String, material: String?, isBrought: Bool, quantity: Int?, client: String, due: String?

    /// - Parameter count: `4 pieces`, `piece 2 of 4`
    func label(_ count: String?) -> Label {
        let counted = LabelWords.joined([count, isBrought ? LabelWords.unbroken("client's material") : nil])
        return Label(code: code, title: title, details: [material, counted, client, due].compactMap { $0 })
    }
}

/// The texts of labels.
private enum LabelWords {
    /// `Mild Steel 3 mm`
    static func material(_ name: String?, _ thickness: Length?) -> String? {
        let words = [name, thickness.map { unbroken("\($0) mm") }].compactMap { $0 }
        return words.isEmpty ? nil : words.joined(separator: " ")
    }

    /// `2500 x 1250 mm`
    /// - Parameter isBox: whether it is the box around another outline.
    static func size(_ size: Size, isBox: Bool) -> String {
        let box = unbroken("\(size.width) x \(size.height) mm")
        return isBox ? "\(box), \(unbroken("not a rectangle"))" : box
    }

    /// The text with spaces at which no line ends.
    static func unbroken(_ text: String) -> String { text.split(separator: " ").joined(separator: "\u{A0}") }

    static func day(_ day: Day) -> String { unbroken(day.spoken) }

    /// The first of several texts for a note, without repetitions.
    static func named(_ texts: [String]) -> String {
        var seen = Set<String>()
        let unlike = texts.map { String($0.map { $0 == "\u{A0}" ? " " : $0 }) }.filter { seen.insert($0).inserted }
        let more = unlike.count > 5 ? " and \(unlike.count - 5) more" : ""
        return unlike.prefix(5).map { $0.count > 60 ? "\($0.prefix(60))…" : $0 }.joined(separator: "; ") + more
    }

    static func joined(_ words: [String?]) -> String? {
        let words = words.compactMap { $0 }
        return words.isEmpty ? nil : words.joined(separator: ", ")
    }
}

extension Losses {
    /// The same as `notes`, in one line for each kind, because there may be thousands of labels.
    fileprivate var summary: [String] {
        let own = [(leftOut, "left out on the labels, for want of room"), (cut, "cut on the labels")].filter { !$0.0.isEmpty }
        return own.map { "\($0.1): \(LabelWords.named($0.0))" } + missingNotes
    }
}
