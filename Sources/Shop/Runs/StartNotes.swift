import Store
import Values

/// What does not fit when work on entries starts.
extension Shop {
    /// The best preset for cutting entries; nil if there is none.
    func fittingPreset(_ work: [WorkedEntry], on machine: RecordID?) throws -> RecordID? {
        guard let first = work.first, first.operation == nil, let material = first.material, let thickness = first.thickness else {
            return nil
        }
        return try data.one(
            """
            SELECT id, code FROM preset WHERE active AND material_id = \(material) AND abs(thickness_um - \(thickness.um)) <= 300
                AND (machine_id IS NULL OR machine_id IS coalesce(\(machine?.id), machine_id))
            ORDER BY abs(thickness_um - \(thickness.um)), machine_id IS NULL, cut_speed_um_min IS NULL, id LIMIT 1
            """, RecordID.init)
    }

    /// Warnings about the machine, the preset, the material and the deadline.
    func startNotes(_ work: [WorkedEntry], _ request: RunRequest) throws -> [String] {
        var notes = try machineNotes(request.machine)
        notes += try presetNotes(work, request.preset)
        for project in Set(work.map(\.project.id)).sorted() { notes += try materialNotes(project) + deadlineNotes(project) }
        return notes
    }

    private func machineNotes(_ machine: RecordID?) throws -> [String] {
        guard let machine else { return [] }
        let other = try data.one("SELECT code FROM run WHERE machine_id = \(machine.id) AND ended_at IS NULL AND paused_at IS NULL") {
            $0.text(0)
        }
        let isActive = try data.one("SELECT active FROM machine WHERE id = \(machine.id)") { $0.int(0) != 0 }
        return [
            isActive == false ? "warning: machine \(machine.code) is not at work" : nil,
            other.map { "warning: machine \(machine.code) is at work on run \($0)" },
        ].compactMap { $0 }
    }

    private func presetNotes(_ work: [WorkedEntry], _ preset: RecordID?) throws -> [String] {
        guard let first = work.first, first.operation == nil, let material = first.material else { return [] }
        let words = "\(try code(of: .material, material) ?? "") \(first.thickness.map { "\($0) mm" } ?? "")".trimmed
        guard let preset else {
            let isKept = try data.one("SELECT 1 FROM preset LIMIT 1") { _ in true }
            return isKept == true ? ["warning: no preset is for \(words): laseros preset find -m \(words)"] : []
        }
        let fits = try data.one(
            """
            SELECT material_id = \(material) AND (\(first.thickness) IS NULL OR abs(thickness_um - \(first.thickness?.um)) <= 300) FROM preset
            WHERE id = \(preset.id)
            """
        ) { $0.int(0) != 0 }
        return fits == false ? ["warning: preset \(preset.code) is not for \(words)"] : []
    }

    /// What is reserved and not there, and what the customer has still to bring.
    private func materialNotes(_ project: Int) throws -> [String] {
        let short = try data.all(
            """
            SELECT DISTINCT inv.code FROM reservation JOIN inv ON inv.id = reservation.inv_id JOIN aux_inv ON aux_inv.inv_id = inv.id
            WHERE reservation.project_id = \(project) AND aux_inv.on_hand_millis < reservation.quantity_millis ORDER BY inv.id
            """
        ) { $0.text(0) }
        let facts = try facts(ofProject: named(.project, project)), code = try code(of: .project, project) ?? ""
        return [
            short.isEmpty ? nil : "warning: less is there than \(code) needs of \(Shop.listed(short))",
            facts.awaitedPart.map { "warning: \(code) waits for the customer's material of part \($0)" },
        ].compactMap { $0 }
    }

    private func deadlineNotes(_ project: Int) throws -> [String] {
        let today = try today()
        return try data.one("SELECT code, due, pop_deadline FROM project WHERE id = \(project)") { row in
            let code = row.text(0), due: Day? = try row.get(1), deadline: Day? = try row.get(2)
            return [
                due.flatMap { $0 < today ? "warning: \(code) was due on \($0)" : nil },
                deadline.flatMap { $0 < today ? "warning: \(code) was to be processed by \($0)" : nil },
            ].compactMap { $0 }
        } ?? []
    }
}
