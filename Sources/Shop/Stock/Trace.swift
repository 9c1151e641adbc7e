import Store
import Values

/// One line of a trace: a lot, and what a project has used of it.
package struct TraceLine: Sendable {
    package var lot: String
    package var item: String?
    package var kind: LotKind
    package var heat: String?
    package var grade: String?
    package var receivedOn: Day?
    package var supplier: String?
    package var purchase: String?
    package var certificates: String?
    package var project: String?
    package var client: String?
    package var used: Quantity?
    package var usedOn: Day?

    package static let columns: [Column<TraceLine>] = [
        Column("lot") { $0.lot }, Column("item") { $0.item }, Column("kind", wide: true) { $0.kind }, Column("heat") { $0.heat },
        Column("grade", wide: true) { $0.grade }, Column("received_on", wide: true) { $0.receivedOn }, Column("supplier") { $0.supplier },
        Column("purchase", wide: true) { $0.purchase }, Column("certificate") { $0.certificates }, Column("project") { $0.project },
        Column("client", wide: true) { $0.client }, Column("used") { $0.used }, Column("used_on") { $0.usedOn },
    ]
    package static let headings = columns.map(\.heading)
}

/// Goes from lots to the projects that used them, and back.
extension Shop {
    /// The lots and projects of a heat number, a lot, an item, a project, or a part of a project.
    package func trace(_ typed: String) throws -> [TraceLine] {
        if let lots = try lots(named: typed) { return try traceLines("lot.id IN (\(SQL.ids(lots)))") }
        let (project, part) = try tracedProject(typed)
        guard let project else {
            guard let item = try known(.inv, typed) else {
                throw Failure(
                    .notFound, .lot, "there is no heat, lot, item, project or part '\(typed)'", hint: "laseros lot list --all")
            }
            return try traceLines("lot.inv_id = \(item.id)")
        }
        var condition: SQL = "movement.project_id = \(project.id)"
        if let part {
            let facts = try data.one(
                """
                SELECT coalesce(part.material_id, project.material_id), coalesce(part.thickness_um, project.thickness_um)
                FROM part JOIN project ON project.id = project_id WHERE project.id = \(project.id) AND part.number = \(part)
                """
            ) { (material: try $0.get(0) as Int?, thickness: try $0.get(1) as Int?) }
            guard let facts else { throw Failure(.notFound, .part, "project \(project.code) has no part \(part)") }
            if let material = facts.material { condition += " AND lot.material_id = \(material)" }
            if let um = facts.thickness { condition += " AND lot.thickness_um BETWEEN \(um - 300) AND \(um + 300)" }
        }
        return try traceLines(condition)
    }

    /// The lots with this heat number or code, with the remnants that were cut from them; nil if there are none.
    private func lots(named typed: String) throws -> [Int]? {
        let lots = try data.all(
            """
            WITH RECURSIVE cut (id) AS (SELECT id FROM lot WHERE heat = \(typed) UNION SELECT id FROM lot WHERE code = \(typed)
                UNION SELECT lot.id FROM cut JOIN lot ON lot.origin_id = cut.id)
            SELECT id FROM cut ORDER BY id
            """
        ) { $0.int(0) }
        return lots.isEmpty ? nil : lots
    }

    /// The project that a word names, or the project of the part that it names, with the part's number.
    private func tracedProject(_ typed: String) throws -> (project: RecordID?, part: Int?) {
        if let dot = typed.lastIndex(of: "."), let number = Int(typed[typed.index(after: dot)...]),
            let project = try known(.project, String(typed[..<dot]), guessing: .nothing)
        {
            return (project, number)
        }
        return (try known(.project, typed), nil)
    }

    private func known(_ noun: Noun, _ typed: String, guessing: Guess = .parts) throws -> RecordID? {
        do { return try find(noun, typed, guessing: guessing, hinting: false) } catch let failure as Failure where failure.kind == .notFound {
            return nil
        }
    }

    /// A lot that nobody used has one line without a project.
    private func traceLines(_ condition: SQL) throws -> [TraceLine] {
        try data.all(
            """
            SELECT lot.code, inv.code, lot.kind, lot.heat, lot.grade, lot.received_on,
                (SELECT supplier.code FROM movement came JOIN supplier ON supplier.id = came.supplier_id
                    WHERE came.lot_id = lot.id AND came.kind = 'receipt' ORDER BY came.id LIMIT 1),
                (SELECT purchase.code FROM movement came JOIN purchase_receipt ON purchase_receipt.id = came.receipt_id
                    JOIN purchase_line ON purchase_line.id = purchase_receipt.line_id
                    JOIN purchase ON purchase.id = purchase_line.purchase_id WHERE came.lot_id = lot.id ORDER BY came.id LIMIT 1),
                (WITH RECURSIVE above (id) AS (SELECT lot.id UNION SELECT origin.origin_id FROM above JOIN lot origin ON origin.id = above.id
                        WHERE origin.origin_id IS NOT NULL)
                    SELECT group_concat(name, ', ') FROM (SELECT DISTINCT file.name FROM above JOIN file ON file.lot_id = above.id
                        WHERE file.kind = 'certificate' ORDER BY file.name)),
                project.code, client.code, -sum(movement.quantity_millis), max(movement.day)
            FROM lot LEFT JOIN inv ON inv.id = lot.inv_id
            LEFT JOIN movement ON movement.lot_id = lot.id AND movement.project_id IS NOT NULL AND movement.kind IN ('use', 'return', 'waste')
            LEFT JOIN project ON project.id = movement.project_id LEFT JOIN client ON client.id = project.client_id
            WHERE \(condition) GROUP BY lot.id, movement.project_id ORDER BY lot.id, max(movement.id)
            """
        ) { row in
            TraceLine(
                lot: row.text(0), item: try row.get(1), kind: try row.get(2), heat: try row.get(3), grade: try row.get(4),
                receivedOn: try row.get(5), supplier: try row.get(6), purchase: try row.get(7), certificates: try row.get(8),
                project: try row.get(9), client: try row.get(10), used: try row.get(11), usedOn: try row.get(12))
        }
    }
}
