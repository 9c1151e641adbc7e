import Store
import Values

/// Estimates how long entries of the queue take.
extension Shop {
    /// Fills in the time of the entries of a project that have none: of cutting the project's own, else by the lengths of the drawings and the
    /// preset; of another operation its setup and the time of each piece.
    func estimate(_ project: RecordID) throws {
        let open = try keptEntries(of: project.id).filter { $0.status == .queued }, cuts = open.filter { $0.work.operation == nil }
        let own = try data.one("SELECT cut_time_ms FROM project WHERE id = \(project.id)") { try $0.get(0) as Int? } ?? nil
        for entry in open {
            let estimate: Int?
            if entry.work.operation != nil {
                estimate = try operationTime(entry.thing.id)
            } else if cuts.count == 1, let own {
                estimate = own
            } else {
                estimate = try cuttingTime(entry)
            }
            try data.run(
                "UPDATE queue SET estimate_ms = \(estimate) WHERE id = \(entry.thing.id) AND estimate_ms IS NULL AND \(estimate) IS NOT NULL"
            )
        }
    }

    /// The setup of an operation and the time of each piece, in milliseconds; nil if neither is known.
    private func operationTime(_ entry: Int) throws -> Int? {
        try data.one(
            """
            SELECT coalesce(setup_ms, 0) + coalesce(each_ms, 0) * (SELECT sum(quantity) FROM queue_part WHERE queue_id = queue.id)
            FROM queue JOIN operation ON operation.id = operation_id
            WHERE queue.id = \(entry) AND (setup_ms IS NOT NULL OR each_ms IS NOT NULL)
            """
        ) { try $0.get(0) as Int? } ?? nil
    }

    /// The time along the lines of the drawings and for their pierces; nil if a drawing, a quantity or the preset is not known.
    private func cuttingTime(_ entry: KeptEntry) throws -> Int? {
        guard let material = entry.work.material, let thickness = entry.work.thickness,
            let found = try materials().first(where: { $0.id == material }), let rate = try? cuttingRate(found, thickness)
        else { return nil }
        var sum: Int? = 0
        try data.each(
            """
            SELECT queue_part.quantity, cut_length_um, pierces FROM queue_part LEFT JOIN part ON part.id = part_id
            LEFT JOIN aux_drawing AS drawing ON drawing.sha256 = coalesce((SELECT measured_as FROM file
                WHERE file.project_id = part.project_id AND file.sha256 = part.drawing), part.drawing)
            WHERE queue_id = \(entry.thing.id)
            """
        ) { row in
            guard !row.isNull(0), !row.isNull(1) else { return sum = nil }
            let each = Decimal.scale(row.int(1), 60_000, over: rate.feed.thousandths) + row.int(2) * rate.pierce.ms
            let (time, isTooLarge) = each.multipliedReportingOverflow(by: row.int(0))
            sum = isTooLarge ? nil : sum.map { $0 + time }
        }
        return sum
    }
}
