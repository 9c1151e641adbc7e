import Store
import Values

/// Estimates how long entries of the queue take.
extension Shop {
    /// Fills in the time of the entries of a project that have none.
    func estimate(_ project: RecordID) throws {
        let open = try keptEntries(of: project.id).filter { $0.status == .queued }, cuts = open.count { $0.work.operation == nil }
        let own = try cutTime(of: project)
        var parts: [Int: [QueuedPart]] = [:]
        try data.each(
            """
            SELECT queue_id, part_id, queue_part.quantity FROM queue_part JOIN queue ON queue.id = queue_id WHERE project_id = \(project.id)
            ORDER BY queue_id, position
            """
        ) { parts[$0.int(0), default: []].append(QueuedPart(part: try $0.get(1), quantity: try $0.get(2))) }
        for entry in open {
            let estimate = try time(of: entry.work, parts[entry.thing.id] ?? [], cut: cuts == 1 ? own : nil, on: entry.machine)
            try data.run(
                "UPDATE queue SET estimate_ms = \(estimate) WHERE id = \(entry.thing.id) AND estimate_ms IS NULL AND \(estimate) IS NOT NULL"
            )
        }
    }

    /// The cutting time that somebody has said for a whole project.
    func cutTime(of project: RecordID) throws -> Int? {
        try data.one("SELECT cut_time_ms FROM project WHERE id = \(project.id)") { try $0.get(0) as Int? } ?? nil
    }

    /// The estimated time of work on parts, in milliseconds: of cutting the time that was said for it, else by the lengths of the drawings and
    /// the preset for the machine; of another operation its setup and the time of each piece. Nil if it is not known.
    func time(of work: QueueWork, _ parts: [QueuedPart], cut: Int?, on machine: Int?) throws -> Int? {
        if let operation = work.operation { return try operationTime(operation, parts) }
        return try cut ?? cuttingTime(work, parts, on: machine)
    }

    /// The setup of an operation and the time of each piece; nil if neither is known.
    private func operationTime(_ operation: Int, _ parts: [QueuedPart]) throws -> Int? {
        let counts = parts.compactMap(\.quantity), count = counts.isEmpty ? nil : counts.reduce(0, +)
        return try data.one(
            """
            SELECT coalesce(setup_ms, 0) + coalesce(each_ms, 0) * \(count) FROM operation
            WHERE id = \(operation) AND (setup_ms IS NOT NULL OR each_ms IS NOT NULL)
            """
        ) { try $0.get(0) as Int? } ?? nil
    }

    /// The measured drawing of a part.
    static let measuredDrawing: SQL = """
        coalesce((SELECT measured_as FROM file WHERE file.project_id = part.project_id AND file.sha256 = part.drawing), part.drawing)
        """

    /// The time along the lines of the drawings and for their pierces; nil if a drawing, a quantity or the preset is not known.
    private func cuttingTime(_ work: QueueWork, _ parts: [QueuedPart], on machine: Int?) throws -> Int? {
        guard let preset = try fittingPreset(work.material, work.thickness, on: machine), let speed = preset.speed, speed.thousandths > 0
        else { return nil }
        var each: [Int: Int] = [:]
        try data.each(
            """
            SELECT part.id, cut_length_um, pierces FROM part
            JOIN aux_drawing AS drawing ON drawing.sha256 = \(Shop.measuredDrawing)
            WHERE part.id IN (\(SQL.ids(parts.compactMap(\.part)))) AND cut_length_um IS NOT NULL
            """
        ) { each[$0.int(0)] = Decimal.scale($0.int(1), 60_000, over: speed.thousandths) + $0.int(2) * preset.pierce.ms }
        var sum = 0
        for part in parts {
            guard let one = part.part.flatMap({ each[$0] }), let quantity = part.quantity,
                case let (time, isTooLarge) = one.multipliedReportingOverflow(by: quantity), !isTooLarge
            else { return nil }
            sum += time
        }
        return sum
    }
}
