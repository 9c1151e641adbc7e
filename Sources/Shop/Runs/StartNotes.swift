import Store
import Values

/// What does not fit when work on entries starts.
extension Shop {
    /// The best preset for cutting entries; nil if there is none.
    func fittingPreset(_ work: [WorkedEntry], on machine: RecordID?) throws -> RecordID? {
        guard let first = work.first, first.operation == nil else { return nil }
        return try fittingPreset(first.material, first.thickness, on: machine?.id)?.thing
    }

    /// A preset with what an estimate takes from it.
    struct FittingPreset {
        var thing: RecordID
        var speed: Quantity?
        var pierce: Seconds
    }

    /// The preset with which cutting is estimated and recorded, in the order of `presets(for:_:on:)`: a run is compared with the estimate of its
    /// own preset.
    /// - Parameter machine: nil where nobody has said it: then the one of the quotes.
    func fittingPreset(_ material: Int?, _ thickness: Length?, on machine: Int?) throws -> FittingPreset? {
        guard let material, let thickness else { return nil }
        let place = try machine ?? presetMachine()?.id, off = try setting(Settings.presetTolerance)
        return try data.one(
            """
            SELECT id, code, cut_speed_um_min, pierce_time_ms FROM preset WHERE active AND material_id = \(material)
                AND thickness_um BETWEEN \(thickness.um - off.um) AND \(thickness.um + off.um)
                AND (machine_id IS NULL OR machine_id IS coalesce(\(place), machine_id))
            ORDER BY cut_speed_um_min IS NULL, abs(thickness_um - \(thickness)), machine_id IS NULL, name, id LIMIT 1
            """
        ) { row in
            FittingPreset(thing: RecordID(row), speed: try row.get(2), pierce: try row.get(3) ?? Seconds(ms: 0))
        }
    }

    /// Warnings about the machine, the preset, the material and the deadline.
    func startNotes(_ work: [WorkedEntry], _ request: RunRequest) throws -> [String] {
        var notes = try machineNotes(request.machine)
        if let first = work.first, let machine = request.machine, let note = try cuttingNote(first.operation, on: machine) {
            notes.append(note)
        } else {
            notes += try presetNotes(work, request)
        }
        for project in Set(work.map(\.project.id)).sorted() { notes += try materialNotes(project) + deadlineNotes(project) }
        return notes
    }

    /// That a machine does not cut; nil for a laser, and for another operation.
    func cuttingNote(_ operation: Int?, on machine: RecordID) throws -> String? {
        guard operation == nil,
            let kind = try data.one("SELECT kind FROM machine WHERE id = \(machine.id)", { try $0.get(0) as MachineKind }),
            let words = kind.notCutting
        else { return nil }
        return "warning: machine \(machine.code) \(words)"
    }

    private func machineNotes(_ machine: RecordID?) throws -> [String] {
        guard let machine else { return [] }
        let other = try data.one(
            "SELECT code FROM run WHERE machine_id = \(machine.id) AND ended_at IS NULL AND paused_at IS NULL"
        ) { $0.text(0) }
        let isActive = try data.one("SELECT active FROM machine WHERE id = \(machine.id)") { $0.int(0) != 0 }
        return [
            isActive == false ? "warning: machine \(machine.code) is not at work" : nil,
            other.map { "warning: machine \(machine.code) is at work on run \($0)" },
        ].compactMap { $0 }
    }

    private func presetNotes(_ work: [WorkedEntry], _ request: RunRequest) throws -> [String] {
        guard let first = work.first, first.operation == nil, let material = first.material else { return [] }
        let words = "\(try code(of: .material, material) ?? "") \(first.thickness.map { "\($0) mm" } ?? "")".trimmed
        guard let preset = request.preset else {
            guard try data.one("SELECT 1 FROM preset LIMIT 1", { _ in true }) == true else { return [] }
            let place = request.machine.map { " on \($0.code)" } ?? ""
            guard let thickness = first.thickness else { return ["warning: no preset is for \(words)\(place)"] }
            let find = "laseros preset find \(try code(of: .material, material) ?? "") \(thickness)"
            return ["warning: no preset is for \(words)\(place): \(find)"]
        }
        let fits = try data.one(
            """
            SELECT material_id = \(material) AND (\(first.thickness) IS NULL OR abs(thickness_um - \(first.thickness?.um)) <= \(try setting(Settings.presetTolerance))) FROM preset
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
