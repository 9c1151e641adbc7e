import Store
import Values

/// What users ask of the queue.
extension Shop {
    /// The entries that a word means which is none of their codes: the open ones of a project, or its step: `hinges/20`.
    func entries(called typed: String, _ guess: Guess) throws -> [RecordID]? {
        if let slash = typed.lastIndex(of: "/"), let step = Int(typed[typed.index(after: slash)...]),
            let project = try? find(.project, String(typed[..<slash]), guessing: guess, hinting: false)
        {
            return try data.all("SELECT id, code FROM queue WHERE project_id = \(project.id) AND step = \(step)", RecordID.init)
        }
        guard let project = try? find(.project, typed, guessing: guess, hinting: false) else { return nil }
        let open = try openEntries(of: [project])
        guard open.isEmpty else { return open }
        throw Failure(
            .notFound, .queue, "nothing of project \(project.code) is in the queue",
            hint: "laseros queue add \(project.code), or laseros queue list --all --project \(project.code)", reason: .noCode)
    }

    /// The open entries of projects, in the order of the queue.
    package func openEntries(of projects: [RecordID]) throws -> [RecordID] {
        try data.all(
            """
            SELECT queue.id, queue.code FROM queue JOIN aux_queue ON queue_id = queue.id
            WHERE project_id IN (\(SQL.ids(projects.map(\.id)))) AND aux_queue.open ORDER BY project_id, step
            """, RecordID.init)
    }

    /// The first entries of the queue that can be started.
    /// - Parameter machine: where; nil for anywhere.
    package func nextEntries(on machine: RecordID?, limit: Int) throws -> [RecordID] {
        let here: SQL =
            machine.map {
                """
                (queue.machine_id = \($0.id) OR queue.machine_id IS NULL AND queue.operation_id IS NULL
                    AND (SELECT kind FROM machine WHERE id = \($0.id)) = 'laser')
                """
            } ?? "1"
        let day = try today()
        return try data.all(
            """
            SELECT queue_id, (SELECT code FROM queue WHERE queue.id = queue_id) FROM aux_queue
            WHERE aux_queue.open AND EXISTS (
                SELECT 1 FROM queue JOIN project ON project.id = project_id LEFT JOIN operation ON operation.id = operation_id
                WHERE queue.id = aux_queue.queue_id AND \(QueueFigures.isReady) AND coalesce(operation.outside, 0) = 0
                    AND (queue.starts_on IS NULL OR queue.starts_on <= \(day)) AND \(here))
            ORDER BY aux_queue.rank LIMIT \(limit)
            """, RecordID.init)
    }

    /// Changes the machine of an entry, and its time if that was estimated by a preset for another machine.
    private func move(_ entry: RecordID, to machine: RecordID) throws -> [String] {
        guard let work = try workedEntries([entry]).first, work.machine != machine.id else { return [] }
        try data.run("UPDATE queue SET machine_id = \(machine.id) WHERE id = \(entry.id)")
        let note = try cuttingNote(work.operation, on: machine)
        if work.operation == nil, note == nil {
            let parts = try data.all("SELECT part_id, quantity FROM queue_part WHERE queue_id = \(entry.id) ORDER BY position") {
                QueuedPart(part: try $0.get(0), quantity: try $0.get(1))
            }
            let cut = QueueWork(level: 1, operation: nil, material: work.material, thickness: work.thickness)
            let old = try time(of: cut, parts, cut: nil, on: work.machine), new = try time(of: cut, parts, cut: nil, on: machine.id)
            if let old, let new, old == work.estimate { try data.run("UPDATE queue SET estimate_ms = \(new) WHERE id = \(entry.id)") }
        }
        return [note].compactMap { $0 }
    }

    /// Changes the place of an entry in the queue, or where and when it is wished to be done.
    /// - Returns: notes for the user.
    package func moveEntry(
        _ entry: RecordID, to place: QueuePlace?, on day: Day?, pinned: Bool, machine: RecordID?
    ) throws -> [String] {
        switch place {
        case .before(let other) where other.id == entry.id, .after(let other) where other.id == entry.id:
            throw Failure(.usage, .queue, "entry \(entry.code) cannot be moved next to itself")
        default: break
        }
        if let place { try self.place(entry, place) }
        if case .byRule? = place { try data.run("UPDATE queue SET starts_on = NULL, pinned = 0 WHERE id = \(entry.id)") }
        let notes = try machine.map { try self.move(entry, to: $0) } ?? []
        guard let day else { return notes }
        try data.run("UPDATE queue SET starts_on = \(day), pinned = \(pinned) WHERE id = \(entry.id)")
        let due =
            try data.one("SELECT due FROM project JOIN queue ON project_id = project.id WHERE queue.id = \(entry.id)") {
                try $0.get(0) as Day?
            } ?? nil
        return notes
            + [
                try day < today() ? "warning: \(day) is before today" : nil,
                due.flatMap { day > $0 ? "warning: entry \(entry.code) is promised for \($0)" : nil },
            ].compactMap { $0 }
    }
}
