import Store
import Values

/// What sheets are of. Entries of the queue, needs and reservations are compared by it.
struct SheetKind: Hashable {
    var material: Int?
    var thickness: Length?

    /// Whether sheets of this kind may stand in for another; what is not known fits everything.
    func fits(_ other: SheetKind) -> Bool {
        guard let material, let own = other.material else { return true }
        guard let thickness, let um = other.thickness?.um else { return material == own }
        return material == own && abs(thickness.um - um) <= Shop.sheetTolerance
    }

    func distance(to other: SheetKind) -> Int {
        guard let um = thickness?.um, let own = other.thickness?.um else { return 0 }
        return abs(um - own)
    }
}

/// An item with the needs of a project that it is for.
struct SheetItem {
    var thing: StockThing
    var kind: SheetKind
    var needs: [SheetNeed]
    /// For all needs together; nil if it is not known.
    var sheets: Int?
}

/// What is reserved for a project.
struct KeptReservation {
    var id: Int
    var item: Int?
    var lot: Int?
    var millis: Int
    var kind: SheetKind

    /// The kinds of sheets that it is reserved for: those of the needs that its item is for, else of the nearest need.
    func kinds(_ items: [SheetItem], _ needs: [SheetNeed]) -> [SheetKind] {
        if let item, let own = items.first(where: { $0.thing.item?.id == item }) { return own.needs.map(\.kind) }
        let near = needs.map(\.kind).filter { kind.material != nil && kind.fits($0) }
        guard let least = near.map({ kind.distance(to: $0) }).min() else { return [] }
        return near.filter { kind.distance(to: $0) == least }
    }
}

/// An entry of cutting with its pieces.
struct CutEntry {
    var id: Int
    var kind: SheetKind
    /// Of each part: nil if nobody knows.
    var ordered: [Int?] = []
    /// Good and spoiled.
    var made: [Int] = []
    /// Nil if nobody knows.
    var left: [Int?] = []
    var isDone: Bool

    var isOpen: Bool { isDone ? left.contains { ($0 ?? 0) > 0 } && made.contains { $0 > 0 } : left.contains { $0 != 0 } }
}

extension Shop {
    /// How much thinner or thicker than a part its sheets may be, in micrometres.
    static let sheetTolerance = 300

    /// The items for needs, each once, and the needs that no item is for.
    func sheetItems(_ needs: [SheetNeed]) throws -> (items: [SheetItem], missing: [SheetNeed]) {
        var found: [(item: SheetItem, size: Size?)] = [], missing: [SheetNeed] = []
        for need in needs {
            guard let item = try item(for: need) else {
                missing.append(need)
                continue
            }
            if let i = found.firstIndex(where: { $0.item.thing.code == item.thing.code }) {
                found[i].item.needs.append(need)
            } else {
                let kind = SheetKind(material: need.material, thickness: item.thickness)
                found.append((SheetItem(thing: item.thing, kind: kind, needs: [need]), item.size))
            }
        }
        return (
            try found.map { item, size in
                var item = item
                item.sheets = try sheets(for: item.needs, size)
                return item
            }, missing
        )
    }

    /// The sheets of one item for several needs: what somebody has said, and what the boxes of the other parts come to together.
    private func sheets(for needs: [SheetNeed], _ size: Size?) throws -> Int? {
        var sheets: Int128 = 0, rest: SheetNeed?
        for need in needs {
            if let said = need.sheets {
                sheets += Int128(said)
            } else if let area = rest?.area {
                rest?.area = need.area.map { $0 + area }
            } else if rest == nil {
                rest = need
            }
        }
        if let rest {
            guard let estimated = try estimate(rest, size) else { return nil }
            sheets += Int128(estimated)
        }
        return Int(min(sheets, Int128(Decimal.limit / 1000)))
    }

    func keptReservations(of project: Int) throws -> [KeptReservation] {
        try data.all(
            """
            SELECT reservation.id, reservation.inv_id, reservation.lot_id, reservation.quantity_millis,
                coalesce(lot.material_id, inv.material_id), coalesce(lot.thickness_um, inv.thickness_um)
            FROM reservation LEFT JOIN lot ON lot.id = reservation.lot_id LEFT JOIN inv ON inv.id = coalesce(reservation.inv_id, lot.inv_id)
            WHERE reservation.project_id = \(project) ORDER BY reservation.lot_id IS NULL, reservation.id
            """
        ) { row in
            KeptReservation(
                id: row.int(0), item: try row.get(1), lot: try row.get(2), millis: row.int(3),
                kind: SheetKind(material: try row.get(4), thickness: try row.get(5)))
        }
    }

    /// The entries of cutting of a project that were not removed.
    func cutEntries(of project: Int) throws -> [CutEntry] {
        var entries: [CutEntry] = []
        try data.each(
            """
            SELECT queue.id, queue.material_id, queue.thickness_um, queue.status = 'done', queue_part.id IS NULL, queue_part.quantity,
                \(QueueFigures.good) + \(QueueFigures.partScrapped), \(QueueFigures.partLeft)
            FROM queue LEFT JOIN queue_part ON queue_part.queue_id = queue.id
            WHERE queue.project_id = \(project) AND queue.operation_id IS NULL AND queue.status <> 'removed' ORDER BY queue.id
            """
        ) { row in
            if entries.last?.id != row.int(0) {
                let kind = SheetKind(material: try row.get(1), thickness: try row.get(2))
                entries.append(CutEntry(id: row.int(0), kind: kind, isDone: row.int(3) != 0))
            }
            guard row.int(4) == 0 else { return }
            let i = entries.count - 1
            entries[i].ordered.append(try row.get(5))
            entries[i].made.append(max(0, row.int(6)))
            entries[i].left.append(try row.get(7))
        }
        return entries
    }

    /// What a project has used of an item, with its lots, and not put back.
    /// - Parameter condition: for the movements.
    func netUse(_ project: Int, item: Int?, lot: Int? = nil, where condition: SQL = "1") throws -> Int {
        let own: SQL = item.map { "inv_id = \($0)" } ?? "lot_id = \(lot)"
        return try data.one(
            """
            SELECT coalesce(-sum(quantity_millis), 0) FROM movement
            WHERE project_id = \(project) AND \(own) AND kind IN ('use', 'return') AND \(condition)
            """
        ) { max(0, $0.int(0)) } ?? 0
    }

    /// Brings what is reserved for the cutting of a project to what it needs and has not used yet. Lots that were reserved by name stay while
    /// something of their material is to be cut.
    /// - Parameter raising: whether what is reserved only grows, as after scrap.
    func reserveForCutting(_ project: RecordID, raising: Bool = false) throws -> [String] {
        let isWorked = try data.one(
            "SELECT held_on IS NULL AND status NOT IN ('completed', 'cancelled') FROM project WHERE id = \(project.id)"
        ) { $0.int(0) != 0 }
        let entries = try cutEntries(of: project.id)
        guard isWorked == true, !entries.isEmpty else { return [] }
        let needs = try sheetNeeds(of: project).compactMap { need in try openNeed(need, entries) }
        let items = try sheetItems(needs).items, kept = try keptReservations(of: project.id)
        var notes: [String] = [], free: [KeptReservation] = []
        for item in items {
            guard let code = item.thing.item?.id else { continue }
            let own = kept.first { $0.item == code && $0.lot == nil }, used = try netUse(project.id, item: code)
            guard let sheets = item.sheets else {
                if own == nil, used == 0, !kept.contains(where: { $0.item == code }) {
                    notes.append(Shop.unknownSheets(item.thing, project))
                }
                continue
            }
            let inLots = kept.reduce(0) { $1.item == code && $1.lot != nil ? $0 + $1.millis : $0 }
            let wanted = max(0, sheets * 1000 - used - inLots)
            if raising, wanted <= own?.millis ?? 0 { continue }
            if wanted > 0, wanted != own?.millis {
                notes += try reserve(item.thing, Quantity(thousandths: wanted), for: project)
            } else if wanted == 0, let own {
                free.append(own)
            }
        }
        if !raising { free += kept.filter { isNeedless($0, items, needs, entries) } }
        for each in free { try data.run("DELETE FROM reservation WHERE id = \(each.id)") }
        let words = try free.map { each in
            let code = try each.lot.map { try self.code(of: .lot, $0) } ?? self.code(of: .inv, each.item ?? 0)
            return "\(Quantity(thousandths: each.millis)) of \(code ?? "")"
        }
        return notes + (words.isEmpty ? [] : ["free again of \(project.code): " + Shop.listed(words)])
    }

    /// A need with the area of what is made again; nil if nothing of it is left to cut.
    private func openNeed(_ need: SheetNeed, _ entries: [CutEntry]) throws -> SheetNeed? {
        let own = entries.filter { $0.kind == need.kind }
        guard own.contains(where: \.isOpen) else { return nil }
        var need = need
        let ordered = own.flatMap(\.ordered).reduce(Int128(0)) { $0 + Int128($1 ?? 0) }
        let all = Shop.pieces(own, ended: []), pieces = all.made + all.left
        if need.sheets == nil, let area = need.area, ordered > 0, pieces > ordered { need.area = (area * pieces + ordered - 1) / ordered }
        return need
    }

    /// How many pieces are cut and are left to cut; of an unknown number one is left until its entry has ended.
    static func pieces(_ entries: [CutEntry], ended: Set<Int>) -> (made: Int128, left: Int128) {
        entries.reduce((0, 0)) { sum, entry in
            let unknown = entry.isDone || ended.contains(entry.id) ? 0 : 1
            return (
                sum.0 + entry.made.reduce(0) { $0 + Int128($1) }, sum.1 + entry.left.reduce(0) { $0 + Int128($1 ?? unknown) }
            )
        }
    }

    /// Whether sheets are reserved that nothing is to be cut of any more.
    private func isNeedless(_ kept: KeptReservation, _ items: [SheetItem], _ needs: [SheetNeed], _ entries: [CutEntry]) -> Bool {
        guard kept.kind.material != nil, kept.kind.thickness != nil else { return false }
        // Of an entry without a material nobody knows what it is cut of.
        if entries.contains(where: { $0.isOpen && ($0.kind.material == nil || $0.kind.thickness == nil) }) { return false }
        let near = needs.filter { kept.kind.fits($0.kind) }
        if kept.lot != nil { return near.isEmpty }
        return !near.contains { need in
            guard let item = items.first(where: { $0.needs.contains { $0.kind == need.kind && $0.client == need.client } }) else {
                return true
            }
            return item.thing.item?.id == kept.item || kept.kind.distance(to: need.kind) <= item.kind.distance(to: need.kind)
        }
    }

    static func unknownSheets(_ thing: StockThing, _ project: RecordID) -> String {
        "the number of sheets of \(thing.code) is not known: laseros project edit \(project.code) --sheets NUMBER"
    }
}
