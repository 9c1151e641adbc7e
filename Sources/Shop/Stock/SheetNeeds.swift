import Store
import Values

/// What a project needs of a material in a thickness.
struct SheetNeed {
    var material: Int
    var thickness: Length
    /// For notes: `MS 3 mm`.
    var words: String
    /// The client whose own material it is.
    var client: Int?
    /// The number of sheets that somebody has said.
    var sheets: Int?
    /// The size of the sheets that the project names.
    var size: Size?
    /// The area of the boxes of its parts in square micrometres; nil if one of them is not known.
    var area: Int128?
    var project: Int

    var kind: SheetKind { SheetKind(material: material, thickness: thickness) }
}

extension Shop {
    /// The needs of a project: its own number of sheets, else by the boxes of its parts.
    func sheetNeeds(of project: RecordID) throws -> [SheetNeed] {
        struct Own { var material: Int?, thickness: Length?, quantity: Int?, sheets: Int?, size: Size?, client: Int }
        let own = try data.one(
            "SELECT material_id, thickness_um, quantity, sheets, sheet_size, client_id FROM project WHERE id = \(project.id)"
        ) { row in
            Own(
                material: try row.get(0), thickness: try row.get(1), quantity: try row.get(2), sheets: try row.get(3), size: try row.get(4),
                client: row.int(5))
        }
        guard let own else { return [] }
        var needs: [SheetNeed] = []
        func add(_ material: Int?, _ thickness: Length?, _ client: Int?, _ area: Int128?) throws {
            guard let material = material ?? own.material, let thickness = thickness ?? own.thickness else { return }
            if let i = needs.firstIndex(where: { $0.material == material && $0.thickness == thickness && $0.client == client }) {
                needs[i].area = needs[i].area.flatMap { sum in area.map { sum + $0 } }
            } else {
                let words = "\(try code(of: .material, material) ?? "") \(thickness) mm"
                needs.append(
                    SheetNeed(
                        material: material, thickness: thickness, words: words, client: client, size: own.size, area: area,
                        project: project.id))
            }
        }
        let quantities = try neededParts(of: project)
        try data.each(
            """
            SELECT part.number, part.material_id, part.thickness_um, part.customer_material IS 1, drawing.width_um, drawing.height_um
            FROM part LEFT JOIN aux_drawing AS drawing ON drawing.sha256 = coalesce((SELECT measured_as FROM file
                WHERE file.project_id = part.project_id AND file.sha256 = part.drawing), part.drawing)
            WHERE part.project_id = \(project.id) AND NOT EXISTS (SELECT 1 FROM part_component WHERE assembly_id = part.id)
            ORDER BY part.position
            """
        ) { row in
            let count = quantities.count == 1 ? (quantities[row.int(0)] ?? nil) ?? own.quantity : quantities[row.int(0)] ?? nil
            let isMeasured = !row.isNull(4)
            let area = isMeasured ? count.map { Int128(row.int(4)) * Int128(row.int(5)) * Int128($0) } : nil
            try add(try row.get(1), try row.get(2), row.int(3) != 0 ? own.client : nil, area)
        }
        if needs.isEmpty { try add(nil, nil, nil, nil) }
        // The project's own figure is of its own material, or of the only one.
        let main = needs.firstIndex { $0.material == own.material && $0.thickness == own.thickness } ?? (needs.count == 1 ? 0 : nil)
        if let main, let sheets = own.sheets, sheets > 0 { needs[main].sheets = sheets }
        return needs
    }

    /// How many of each part are needed, with those within assemblies; nil where nobody knows.
    func neededParts(of project: RecordID) throws -> [Int: Int?] {
        let ordered = try data.all("SELECT number, quantity FROM part WHERE project_id = \(project.id)") { row in
            (number: row.int(0), quantity: try row.get(1) as Int?)
        }
        let named = Dictionary(ordered.filter { $0.quantity != nil }.map { ($0.number, $0.quantity) }) { first, _ in first }
        let known = try Assemblies(self, of: project).withComponents(named)
        return Dictionary(ordered.map { ($0.number, known[$0.number] ?? nil) }) { first, _ in first }
    }

    /// The item for a need: of the thickness, else of the nearest within 0.3 mm; what is reserved for the project before others,
    /// then of the size that the project names.
    func item(for need: SheetNeed) throws -> (thing: StockThing, size: Size?, thickness: Length?)? {
        let um = need.thickness.um, tolerance = Shop.sheetTolerance
        let found = try data.one(
            """
            SELECT inv.id, inv.code, inv.size, thickness_um FROM inv JOIN aux_inv ON aux_inv.inv_id = inv.id
            WHERE material_id = \(need.material) AND thickness_um BETWEEN \(um - tolerance) AND \(um + tolerance) AND inv.active
                AND client_id IS \(need.client)
            ORDER BY abs(thickness_um - \(um)),
                NOT EXISTS (SELECT 1 FROM reservation WHERE reservation.inv_id = inv.id AND lot_id IS NULL AND project_id = \(need.project)),
                \(need.size) IS NOT NULL AND inv.size IS NOT \(need.size),
                NOT EXISTS (SELECT 1 FROM movement WHERE movement.inv_id = inv.id AND project_id = \(need.project) AND kind = 'use'),
                on_hand_millis - reserved_millis DESC, inv.id
            """
        ) { (id: RecordID($0), size: try $0.get(2) as Size?, thickness: try $0.get(3) as Length?) }
        guard let found else { return nil }
        return (try stock(.inv, found.id), found.size, found.thickness)
    }

    /// The number of sheets by the boxes of the parts; nil if nobody knows them or the size of a sheet.
    func estimate(_ need: SheetNeed, _ size: Size?) throws -> Int? {
        guard let area = need.area, let size = size ?? need.size else { return nil }
        let fill = Int128(try setting(Settings.sheetFill).hundredths), sheet = Int128(size.width.um) * Int128(size.height.um) * fill
        guard sheet > 0 else { return nil }
        return max(1, Int(clamping: (area * 10_000 + sheet - 1) / sheet))
    }
}
