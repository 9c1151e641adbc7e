import Store
import Values

/// Reads what the cards of jobs say: a fixed number of statements for each.
extension Shop {
    package func jobCard(of project: RecordID) throws -> JobCard {
        let head = try data.one(
            """
            SELECT project.code, project.name, client.name, client.id, project.status, project.priority, due,
                iif(held_on IS NULL, NULL, coalesce(hold_reason, 'yes')), project.quantity, material.name, project.thickness_um,
                material_awaited_on, description, project.notes
            FROM project JOIN client ON client.id = project.client_id LEFT JOIN material ON material.id = project.material_id
            WHERE project.id = \(project.id)
            """
        ) { row in
            JobCard(
                code: row.text(0), name: row.text(1), client: row.text(2), clientID: row.int(3), status: try row.get(4),
                priority: try row.get(5),
                due: try row.get(6), hold: try row.get(7), quantity: try row.get(8),
                material: Shop.cardMaterial(try row.get(9), try row.get(10)),
                awaitsMaterial: try row.get(11), description: try row.get(12), notes: try row.get(13))
        }
        guard var card = head else { throw Failure(.notFound, .documentPaper, "there is no project '\(project.code)'") }
        card.entries = try cardEntries(of: project)
        card.parts = try cardParts(of: project, card.entries)
        card.stock = try cardStock(of: project)
        return card
    }

    /// `Mild Steel 3 mm`
    private static func cardMaterial(_ name: String?, _ thickness: Length?) -> String? {
        let words = [name, thickness.map { "\($0) mm" }].compactMap { $0 }
        return words.isEmpty ? nil : words.joined(separator: " ")
    }

    private func cardEntries(of project: RecordID) throws -> [JobCard.Entry] {
        var cuts: [Int: (material: Int?, thickness: Length?, machine: Int?, preset: Int?)] = [:]
        var entries = try data.all(
            """
            SELECT queue.id, queue.code, coalesce(operation.name, 'cut'), queue.level, queue.status, machine.code || ' ' || machine.name,
                material.name, queue.thickness_um, \(QueueFigures.ordered), \(QueueFigures.left), queue.estimate_ms, \(QueueFigures.waitsFor),
                queue.starts_on, queue.pinned, queue.notes, run.code, queue.operation_id IS NULL, queue.material_id, queue.machine_id, run.preset_id,
                coalesce(operation.outside, 0)
            FROM queue LEFT JOIN operation ON operation.id = queue.operation_id LEFT JOIN machine ON machine.id = queue.machine_id
            LEFT JOIN material ON material.id = queue.material_id LEFT JOIN run ON run.id = queue.run_id
            WHERE project_id = \(project.id) AND queue.status <> 'removed' ORDER BY queue.level, queue.step
            """
        ) { row in
            let thickness: Length? = try row.get(7), isCut = row.int(16) != 0
            if isCut { cuts[row.int(0)] = (try row.get(17), thickness, try row.get(18), try row.get(19)) }
            return JobCard.Entry(
                id: row.int(0), code: row.text(1), operation: row.text(2), isCut: isCut, level: row.int(3), status: try row.get(4),
                machine: row.int(20) != 0 ? "outside the shop" : try row.get(5), material: Shop.cardMaterial(try row.get(6), thickness),
                ordered: try row.get(8), left: try row.get(9), estimate: try row.get(10), waitsFor: try row.get(11),
                startsOn: try row.get(12),
                isPinned: row.int(13) != 0, notes: try row.get(14), run: try row.get(15))
        }
        let slots = try cardSlots(of: project), presets = try cardPresets(cuts)
        for i in entries.indices {
            entries[i].slots = slots[entries[i].id] ?? []
            entries[i].preset = presets[entries[i].id]
        }
        return entries
    }

    /// When and where each entry is to be done, as the schedule was kept.
    private func cardSlots(of project: RecordID) throws -> [Int: [String]] {
        var slots: [Int: [String]] = [:]
        try data.each(
            """
            SELECT queue_id, machine.code, starts_at, ends_at FROM plan_slot JOIN queue ON queue.id = queue_id
            LEFT JOIN machine ON machine.id = plan_slot.machine_id
            WHERE project_id = \(project.id) AND queue.status <> 'done' AND starts_at IS NOT NULL ORDER BY queue_id, position
            """
        ) { row in
            let start: Moment = try row.get(2), end: Moment = try row.get(3), machine: String? = try row.get(1)
            let from = try cardTime(start), to = try cardTime(end)
            let words = "\(from.day) \(from.time) to \(to.day == from.day ? "" : "\(to.day) ")\(to.time)"
            slots[row.int(0), default: []].append(words + (machine.map { " on \($0)" } ?? ""))
        }
        return slots
    }

    private func cardTime(_ moment: Moment) throws -> (day: String, time: String) {
        let offset = try offset(at: moment)
        return (moment.day(offset: offset).spoken, String(moment.local(offset: offset).suffix(5)))
    }

    /// The settings of the laser for each cut: those of its run, else those that `queue start` would take.
    private func cardPresets(
        _ cuts: [Int: (material: Int?, thickness: Length?, machine: Int?, preset: Int?)]
    ) throws -> [Int: String] {
        var chosen: [Int: Int] = [:], fitting: [[Int?]: Int?] = [:]
        for (entry, cut) in cuts {
            let work = [cut.material, cut.thickness?.um, cut.machine]
            if cut.preset == nil, fitting[work] == nil {
                fitting[work] = .some(try fittingPreset(cut.material, cut.thickness, on: cut.machine)?.thing.id)
            }
            chosen[entry] = cut.preset ?? fitting[work] ?? nil
        }
        var words: [Int: String] = [:]
        try data.each(
            """
            SELECT id, code, name, cut_speed_um_min, gas, gas_pressure_millibar, nozzle, nozzle_height_um, focus_um, notes
            FROM preset WHERE id IN (\(SQL.ids(Set(chosen.values).sorted())))
            """
        ) { row in
            let speed: Quantity? = try row.get(3), gas: String? = try row.get(4), pressure: Quantity? = try row.get(5)
            let nozzle: String? = try row.get(6), height: Length? = try row.get(7), focus: Quantity? = try row.get(8)
            let blown = [gas, pressure.map { "\($0) bar" }].compactMap { $0 }.joined(separator: " ")
            let settings: [String?] = [
                speed.map { "\($0) mm/min" }, blown.isEmpty ? nil : blown, nozzle.map { "nozzle \($0)" }, height.map { "height \($0) mm" },
                focus.map { "focus \($0.thousandths > 0 ? "+" : "")\($0) mm" }, try row.get(9),
            ]
            words[row.int(0)] = "preset \(row.text(1)) \(row.text(2)): " + settings.compactMap { $0 }.joined(separator: ", ")
        }
        return chosen.compactMapValues { words[$0] }
    }

    private func cardParts(of project: RecordID, _ entries: [JobCard.Entry]) throws -> [JobCard.Part] {
        var parts = try data.all(
            """
            SELECT part.id, number, title, material.name, coalesce(part.thickness_um, project.thickness_um), customer_material IS 1,
                material_received_on IS NULL, part.quantity, note, drawing, file.name, width_um, height_um
            FROM part JOIN project ON project.id = part.project_id
            LEFT JOIN material ON material.id = coalesce(part.material_id, project.material_id)
            LEFT JOIN file ON file.id = (SELECT min(id) FROM file AS own WHERE own.project_id = part.project_id AND own.sha256 = part.drawing)
            LEFT JOIN aux_drawing ON aux_drawing.sha256 = coalesce(file.measured_as, part.drawing)
            WHERE part.project_id = \(project.id) ORDER BY part.position
            """
        ) { row in
            let width: Length? = try row.get(11), height: Length? = try row.get(12)
            return JobCard.Part(
                id: row.int(0), number: row.int(1), title: row.text(2), material: Shop.cardMaterial(try row.get(3), try row.get(4)),
                isCustomers: row.int(5) != 0, isAwaited: row.int(6) != 0, ordered: try row.get(7), note: try row.get(8),
                sha256: try row.get(9), file: try row.get(10), size: width.flatMap { width in height.map { "\(width) x \($0) mm" } })
        }
        let components = Dictionary(grouping: try self.components(ofProject: project.id)) { $0.assemblyNumber }
        let steps = Dictionary(entries.map { ($0.id, $0) }) { first, _ in first },
            places = Dictionary(parts.enumerated().map { ($1.id, $0) }) { first, _ in first }
        for i in parts.indices { parts[i].components = (components[parts[i].number] ?? []).map { "\($0.count) x part \($0.partNumber)" } }
        if entries.isEmpty { try addOperations(of: project, to: &parts) }
        try data.each(
            """
            SELECT queue_part.part_id, queue.id, queue_part.quantity, \(QueueFigures.partLeft) FROM queue_part JOIN queue ON queue.id = queue_id
            WHERE project_id = \(project.id) AND queue.status <> 'removed' AND queue_part.part_id IS NOT NULL ORDER BY queue.level, queue.step
            """
        ) { row in
            guard let i = places[row.int(0)], let entry = steps[row.int(1)] else { return }
            let ordered: Int? = try row.get(2), left: Int? = try row.get(3)
            parts[i].ordered = ordered ?? parts[i].ordered
            // The last operation says what is left of the part.
            parts[i].left = left
            let step = entry.code.drop { $0 != "/" }
            parts[i].operations.append("\(step) \(entry.operation)" + (left.map { ": \($0) left" } ?? ""))
        }
        return parts
    }

    /// The operations of parts that are not in the queue.
    private func addOperations(of project: RecordID, to parts: inout [JobCard.Part]) throws {
        var operations: [Int: [String]] = [:]
        try data.each(
            """
            SELECT part_id, coalesce(operation.name, 'cut') FROM part JOIN part_operation ON part_id = part.id
            LEFT JOIN operation ON operation.id = operation_id WHERE project_id = \(project.id) ORDER BY part_id, part_operation.position
            """
        ) { operations[$0.int(0), default: []].append($0.text(1)) }
        for i in parts.indices { parts[i].operations = operations[parts[i].id] ?? [] }
    }

    private func cardStock(of project: RecordID) throws -> [JobCard.Stock] {
        try data.all(
            """
            SELECT quantity_millis, coalesce(lot.code, inv.code), lot.kind, inv.name, coalesce(lot.size, inv.size), material.name,
                coalesce(lot.thickness_um, inv.thickness_um), coalesce(lot.location, inv.location), lot.heat
            FROM reservation LEFT JOIN lot ON lot.id = reservation.lot_id LEFT JOIN inv ON inv.id = coalesce(reservation.inv_id, lot.inv_id)
            LEFT JOIN material ON material.id = coalesce(lot.material_id, inv.material_id)
            WHERE reservation.project_id = \(project.id) ORDER BY reservation.id
            """
        ) { row in
            let size: Size? = try row.get(4), kind: LotKind? = try row.get(2), name: String? = try row.get(3)
            let words: [String?] = [
                kind == .remnant ? "remnant" : name, Shop.cardMaterial(try row.get(5), try row.get(6)),
                size.map { "\($0.width) x \($0.height) mm" },
            ]
            return JobCard.Stock(
                quantity: try row.get(0), code: row.text(1), title: words.compactMap { $0 }.joined(separator: ", "),
                location: try row.get(7),
                heat: try row.get(8))
        }
    }
}
