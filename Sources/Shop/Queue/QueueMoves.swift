import Store
import Values

/// What users ask of the queue.
extension Shop {
    /// The entries that a word means which is none of their codes: those of a project that are open.
    func entries(called typed: String, _ guess: Guess) throws -> [RecordID]? {
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
            SELECT queue.id, queue.code FROM aux_queue JOIN queue ON queue.id = queue_id JOIN project ON project.id = project_id
            LEFT JOIN operation ON operation.id = operation_id
            WHERE \(QueueFigures.isReady) AND coalesce(operation.outside, 0) = 0 AND (queue.starts_on IS NULL OR queue.starts_on <= \(day)) AND \(here)
            ORDER BY aux_queue.rank LIMIT \(limit)
            """, RecordID.init)
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
        if let machine {
            try data.run("UPDATE queue SET machine_id = \(machine.id) WHERE id = \(entry.id) AND machine_id IS NOT \(machine.id)")
        }
        guard let day else { return [] }
        try data.run("UPDATE queue SET starts_on = \(day), pinned = \(pinned) WHERE id = \(entry.id)")
        let due =
            try data.one("SELECT due FROM project JOIN queue ON project_id = project.id WHERE queue.id = \(entry.id)") {
                try $0.get(0) as Day?
            } ?? nil
        return [
            try day < today() ? "warning: \(day) is before today" : nil,
            due.flatMap { day > $0 ? "warning: entry \(entry.code) is promised for \($0)" : nil },
        ].compactMap { $0 }
    }
}
