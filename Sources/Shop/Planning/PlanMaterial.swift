import Store
import Values

/// Whether the material of projects is there, or when it comes.
struct PlanMaterial {
    private struct Wait {
        var material: Int?
        var thickness: Length?
        var state: PlanOperation.MaterialState

        /// Whether an item is for such work: as `Shop.item(for:)` finds it.
        func fits(_ kind: PlanEntry.WorkKind) -> Bool {
            if let material, let other = kind.material, material != other { return false }
            if let thickness, let other = kind.thickness, abs(thickness.um - other.um) > Shop.sheetTolerance { return false }
            return true
        }
    }

    /// A part of a purchase that is to come.
    struct Arrival {
        var project: Int?
        /// Nil if nobody knows.
        var day: Day?
        var millis: Int
    }

    /// What a project has reserved of an item.
    struct Reserved {
        var project: Int
        var item: Int
        var material: Int?
        var thickness: Length?
        var millis: Int
        /// Whether lots of it are reserved by name.
        var isLot: Bool
    }

    private var waits: [Int: [Wait]] = [:]
    /// The entries with parts of which the customer has still to bring the material.
    private let awaited: Set<Int>

    /// Gives what is there, and then what comes, to the projects in their order. Lots that are reserved by name are there.
    /// - Parameters:
    ///   - reserved: in the order of the queue, and first what projects outside it have set aside.
    ///   - arrivals: by items, in the order of their days, unknown ones last.
    init(_ reserved: [Reserved], onHand: [Int: Int], arrivals: [Int: [Arrival]], awaited: Set<Int>) {
        self.awaited = awaited
        var onHand = onHand, arrivals = arrivals
        for row in reserved where row.isLot { onHand[row.item, default: 0] -= row.millis }
        for row in reserved where !row.isLot {
            let there = max(0, onHand[row.item] ?? 0)
            onHand[row.item] = max(0, there - row.millis)
            guard row.millis > there else { continue }
            let day = PlanMaterial.take(row.millis - there, for: row.project, &arrivals[row.item, default: []])
            waits[row.project, default: []].append(
                Wait(material: row.material, thickness: row.thickness, state: day.map { .arrives($0) } ?? .unknown))
        }
    }

    /// Takes so much of what comes, first of what was bought for the project.
    /// - Returns: the day on which all of it is there; nil if nobody knows, or if not so much comes.
    static func take(_ millis: Int, for project: Int, _ arrivals: inout [Arrival]) -> Day? {
        var missing = millis, last: Day?
        for own in [true, false] {
            for i in arrivals.indices where missing > 0 && arrivals[i].millis > 0 && arrivals[i].project == (own ? project : nil) {
                guard let day = arrivals[i].day else { return nil }
                let taken = min(missing, arrivals[i].millis)
                arrivals[i].millis -= taken
                missing -= taken
                last = max(last ?? day, day)
            }
        }
        return missing > 0 ? nil : last
    }

    /// The state of the material of an entry.
    func state(of entry: PlanEntry) -> PlanOperation.MaterialState {
        if awaited.contains(entry.id) { return .unknown }
        guard entry.operation == nil else { return .here }
        let own = (waits[entry.project.id] ?? []).filter { $0.fits(entry.kind) }.map(\.state)
        if own.contains(.unknown) || own.isEmpty && entry.isAwaited { return .unknown }
        let days = own.compactMap { state in if case .arrives(let day) = state { day } else { nil } }
        return days.max().map { .arrives($0) } ?? .here
    }
}

/// When outside work is back.
struct PlanOutside {
    /// The expected day of what is bought, by project and operation.
    var back: [[Int]: Day?] = [:]
    /// The longest time that suppliers of an operation take.
    var days: [Int: Int] = [:]
}

extension Shop {
    func planMaterial() throws -> PlanMaterial {
        let reserved = try data.all(
            """
            SELECT reservation.project_id, reservation.inv_id, inv.material_id, inv.thickness_um, quantity_millis, lot_id IS NOT NULL
            FROM reservation JOIN inv ON inv.id = reservation.inv_id LEFT JOIN (SELECT project_id, min(rank) AS rank FROM aux_queue
                JOIN queue ON queue.id = queue_id WHERE open GROUP BY project_id) AS own ON own.project_id = reservation.project_id
            ORDER BY own.rank, reservation.id
            """
        ) { row in
            PlanMaterial.Reserved(
                project: row.int(0), item: row.int(1), material: try row.get(2), thickness: try row.get(3), millis: row.int(4),
                isLot: row.int(5) != 0)
        }
        let onHand = try data.all("SELECT inv_id, on_hand_millis FROM aux_inv WHERE inv_id IN (SELECT inv_id FROM reservation)") {
            ($0.int(0), $0.int(1))
        }
        let awaited = try data.all(
            """
            SELECT queue_part.queue_id FROM aux_queue JOIN queue_part ON queue_part.queue_id = aux_queue.queue_id
            JOIN part ON part.id = queue_part.part_id WHERE aux_queue.open AND customer_material = 1 AND material_received_on IS NULL
            """
        ) { $0.int(0) }
        return PlanMaterial(
            reserved, onHand: Dictionary(onHand) { first, _ in first }, arrivals: try arrivals(of: "SELECT inv_id FROM reservation"),
            awaited: Set(awaited))
    }

    /// What is on order of items, by their ids.
    func arrivals(of items: SQL) throws -> [Int: [PlanMaterial.Arrival]] {
        var arrivals: [Int: [PlanMaterial.Arrival]] = [:]
        try data.each(
            """
            SELECT inv_id, project_id, coalesce(purchase_line.expected_on, purchase.expected_on) AS day, open_millis
            FROM purchase_line JOIN purchase ON purchase.id = purchase_id
            WHERE purchase.status = 'placed' AND open_millis > 0 AND inv_id IN (\(items)) ORDER BY day IS NULL, day, purchase_line.id
            """
        ) { row in
            arrivals[row.int(0), default: []].append(PlanMaterial.Arrival(project: try row.get(1), day: try row.get(2), millis: row.int(3)))
        }
        return arrivals
    }

    func planOutside() throws -> PlanOutside {
        var outside = PlanOutside()
        try data.each(
            """
            SELECT project_id, operation_id, max(coalesce(purchase_line.expected_on, purchase.expected_on))
            FROM purchase_line JOIN purchase ON purchase.id = purchase_id
            WHERE purchase.status = 'placed' AND open_millis > 0 AND operation_id IS NOT NULL AND project_id IS NOT NULL
            GROUP BY project_id, operation_id
            """
        ) { outside.back[[$0.int(0), $0.int(1)]] = try $0.get(2) as Day? }
        try data.each(
            """
            SELECT operation_id, max(lead_days) FROM supplier_article JOIN supplier ON supplier.id = supplier_id
            WHERE operation_id IS NOT NULL AND supplier.active AND lead_days IS NOT NULL GROUP BY operation_id
            """
        ) { outside.days[$0.int(0)] = $0.int(1) }
        return outside
    }
}
