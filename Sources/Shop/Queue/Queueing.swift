import Store
import Values

/// Writes what is to be done for a project into the queue, and takes it off.
extension Shop {
    /// An entry as it is stored.
    struct KeptEntry {
        var thing: RecordID
        var work: QueueWork
        var step: Int
        var status: QueueStatus
        var machine: Int?
        var isOpen: Bool { status != .done && status != .removed }
    }

    func keptEntries(of project: Int) throws -> [KeptEntry] {
        try data.all(
            """
            SELECT id, code, level, operation_id, material_id, thickness_um, step, status, machine_id FROM queue WHERE project_id = \(project)
            ORDER BY level, step
            """
        ) { row in
            KeptEntry(
                thing: RecordID(row),
                work: QueueWork(
                    level: row.int(2), operation: try row.get(3), material: try row.get(4), thickness: try row.get(5)),
                step: row.int(6), status: try row.get(7), machine: try row.get(8))
        }
    }

    /// Brings the entries of a project up to date with its parts, adds those that are missing, and reserves material.
    /// - Parameter again: whether entries that were removed come back.
    /// - Returns: notes for the user.
    @discardableResult
    func enqueue(_ project: RecordID, again: Bool = true) throws -> [String] {
        let wanted = try work(for: project), known = try keptEntries(of: project.id)
        var step = known.map(\.step).max() ?? 0
        var owners = Dictionary(known.map { ($0.work, $0) }) { first, _ in first },
            others = known.filter { entry in !wanted.contains { $0.work == entry.work } }
        for (work, parts) in wanted {
            var id: Int
            // The entry of an operation that comes sooner or later now stays the same, with its place, its time and its notes.
            if owners[work] == nil, let i = others.firstIndex(where: { $0.work.isAt(anyLevelOf: work) }) {
                let moved = others.remove(at: i)
                try data.run("UPDATE queue SET level = \(work.level) WHERE id = \(moved.thing.id)")
                (owners[work], owners[moved.work]) = (moved, nil)
            }
            if let own = owners[work] {
                id = own.thing.id
                // What users removed stays so while parts change; what had no parts any more comes back with them.
                if own.status == .removed, try again || !hasParts(id) { _ = try move(.queue, own.thing, queueMove("add")) }
            } else {
                step += 10
                id = try addEntry(work, step: step, of: project)
            }
            try write(parts, of: id)
        }
        for entry in others {
            try write([], of: entry.thing.id)
            guard entry.isOpen, try !hasParts(entry.thing.id) else { continue }
            guard entry.status == .queued else {
                throw Failure(
                    .refused, .queue, "entry \(entry.thing.code) is \(entry.status.rawValue), and nothing of it would be left",
                    hint: "laseros queue finish \(entry.thing.code), or laseros queue remove \(entry.thing.code) comes first")
            }
            _ = try move(.queue, entry.thing, queueMove("remove"), LifeCycle.Request(reason: "its parts were changed"))
        }
        try estimate(project)
        return try settleQueue(project.id, reason: "the parts were changed", following: .none) + reserveQueued(project)
    }

    private func hasParts(_ entry: Int) throws -> Bool {
        try data.one("SELECT 1 FROM queue_part WHERE queue_id = \(entry) LIMIT 1") { _ in true } ?? false
    }

    private func addEntry(_ work: QueueWork, step: Int, of project: RecordID) throws -> Int {
        try data.run(
            """
            INSERT INTO queue (code, project_id, step, level, operation_id, material_id, thickness_um, machine_id, status, added_at)
            VALUES (\(Shop.entryCode(project.code, step)), \(project.id), \(step), \(work.level), \(work.operation), \(work.material), \(work.thickness),
                \(try usualMachine(for: work.operation)), \(QueueStatus.queued), \(clock))
            """)
        return data.lastID
    }

    /// `JB-2026-12-CL0001-001/10`
    static func entryCode(_ project: String, _ step: Int) -> String { "\(project)/\(step)" }

    /// The machine of an operation; for cutting the only laser that is at work.
    func usualMachine(for operation: Int?) throws -> Int? {
        if let operation {
            return try data.one("SELECT machine_id FROM operation WHERE id = \(operation)") { try $0.get(0) as Int? } ?? nil
        }
        let lasers = try data.all("SELECT id FROM machine WHERE active AND kind = 'laser' LIMIT 2") { $0.int(0) }
        return lasers.count == 1 ? lasers[0] : nil
    }

    /// Writes the parts of an entry. A part that was worked on stays.
    private func write(_ parts: [QueuedPart], of entry: Int) throws {
        let known = try data.all(
            """
            SELECT id, part_id, quantity, EXISTS (SELECT 1 FROM run_row WHERE queue_part_id = queue_part.id) FROM queue_part
            WHERE queue_id = \(entry) ORDER BY position
            """
        ) { (id: $0.int(0), part: QueuedPart(part: try $0.get(1), quantity: try $0.get(2)), isBegun: $0.int(3) != 0) }
        for row in known where !row.isBegun && !parts.contains(where: { $0.part == row.part.part }) {
            try data.run("DELETE FROM queue_part WHERE id = \(row.id)")
        }
        for (i, part) in parts.enumerated() {
            if let own = known.first(where: { $0.part.part == part.part }) {
                guard own.part != part else { continue }
                try data.run("UPDATE queue_part SET quantity = \(part.quantity) WHERE id = \(own.id)")
                try data.run("UPDATE queue SET estimate_ms = NULL WHERE id = \(entry)")
            } else {
                try data.run(
                    "INSERT INTO queue_part (queue_id, position, part_id, quantity) VALUES (\(entry), \(i + 1), \(part.part), \(part.quantity))"
                )
            }
        }
    }

    /// Takes entries off the queue, and what is reserved for a project of which nothing is queued any more.
    /// - Returns: notes for the user.
    package func removeEntries(_ entries: [RecordID], because reason: String? = nil) throws -> [String] {
        var notes: [String] = []
        for entry in entries {
            try stopRun(of: entry, because: reason ?? "\(entry.code) was taken off the queue")
            notes += try move(.queue, entry, queueMove("remove"), LifeCycle.Request(reason: reason))
        }
        for project in try projects(ofEntries: entries) { notes += try leftQueue(project) }
        return notes
    }

    /// After entries were removed: a project of which nothing is queued or done is an approved one again.
    private func leftQueue(_ project: RecordID) throws -> [String] {
        let entries = try keptEntries(of: project.id)
        guard !entries.contains(where: \.isOpen) else { return [] }
        let notes = try release(project)
        guard try state(of: .project, project.id) == ProjectStatus.queued.rawValue, !entries.contains(where: { $0.status == .done }) else {
            return notes
        }
        return try notes + moveProject(project, "approve", because: "nothing of it is queued any more")
    }

    /// Removes the open entries of a project that leaves the queue as a whole.
    func clearQueue(of project: RecordID, because reason: String?) throws {
        for entry in try keptEntries(of: project.id) where entry.isOpen {
            try stopRun(of: entry.thing, because: reason ?? "\(project.code) was taken off the queue")
            _ = try move(.queue, entry.thing, queueMove("remove"), LifeCycle.Request(reason: reason))
        }
    }

    func projects(ofEntries entries: [RecordID]) throws -> [RecordID] {
        try data.all(
            "SELECT id, code FROM project WHERE id IN (SELECT project_id FROM queue WHERE id IN (\(SQL.ids(entries.map(\.id))))) ORDER BY id",
            RecordID.init)
    }

    func queueMove(_ verb: String) throws -> LifeCycle.Move {
        guard let move = LifeCycle.queue.move(verb) else { throw Failure(.defect, .queue, "entries have no move \(verb)") }
        return move
    }

    /// Moves a project because of its entries.
    func moveProject(_ project: RecordID, _ verb: String, because reason: String) throws -> [String] {
        guard var move = LifeCycle.project.move(verb) else { throw Failure(.defect, .project, "projects have no move \(verb)") }
        // What the project does to its entries, they have done.
        move.after = { shop, step in verb == "complete" ? try shop.completed(step.thing) : [] }
        let notes = try self.move(.project, project, move, LifeCycle.Request(reason: reason, isImplied: true))
        return ["project \(project.code) \(move.done)"] + notes
    }

    /// After a project was completed: it may be delivered, and nothing is reserved for it any more.
    func completed(_ project: RecordID) throws -> [String] {
        try settle(project.id)
        return try release(project)
    }

    /// Reserves what the cutting of a project still needs, and nothing that it needs no more.
    func reserveQueued(_ project: RecordID) throws -> [String] { try reserveForCutting(project) }
}
