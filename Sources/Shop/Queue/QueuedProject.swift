import Store
import Values

/// What happens to the entries of a project when the project moves.
extension Shop {
    /// A project that is queued: its entries are added, and what was at work on it ends without a result.
    func queued(_ project: RecordID) throws -> [String] {
        for entry in try keptEntries(of: project.id) where entry.status == .running || entry.status == .paused {
            try stopRun(of: entry.thing, because: "\(project.code) went back to the queue")
            _ = try move(.queue, entry.thing, queueMove("stop"))
        }
        try data.run("UPDATE project SET material_awaited_on = NULL WHERE id = \(project.id) AND material_awaited_on IS NOT NULL")
        return try enqueue(project) + timeNotes(project)
    }

    /// A note about the entries whose time is not known.
    private func timeNotes(_ project: RecordID) throws -> [String] {
        let entries = try data.all(
            "SELECT code FROM queue WHERE project_id = \(project.id) AND status = 'queued' AND estimate_ms IS NULL ORDER BY step"
        ) { $0.text(0) }
        guard let first = entries.first else { return [] }
        return [
            "nobody knows how long \(Shop.listed(entries)) \(worded(entries.count, "takes", "take")): laseros queue edit \(first) --time TIME"
        ]
    }

    /// Adds what is not in the queue of projects: all of an approved project, or what was removed of a queued one.
    /// - Returns: notes for the user.
    package func addToQueue(_ project: RecordID, _ request: LifeCycle.Request = LifeCycle.Request()) throws -> [String] {
        guard let queue = LifeCycle.project.move("queue") else { throw Failure(.defect, .project, "projects have no move queue") }
        let state = try state(of: .project, project.id)
        guard [ProjectStatus.queued.rawValue, ProjectStatus.inProgress.rawValue].contains(state) else {
            return try move(.project, project, queue, request)
        }
        if let hold = try facts(ofProject: project).hold {
            throw Failure(.refused, .queue, "project \(project.code) is on hold: \(hold)", hint: "laseros project resume \(project.code)")
        }
        let before = try queueState(of: project), notes = try enqueue(project)
        guard try queueState(of: project) == before else { return notes }
        throw Failure(
            .refused, .queue, "all of project \(project.code) is in the queue already", hint: "laseros queue list --project \(project.code)"
        )
    }

    /// The entries of a project and their parts as a text, to see whether something has changed.
    private func queueState(of project: RecordID) throws -> [String] {
        try data.all(
            """
            SELECT queue.id, queue.status, queue.level, part_id, quantity FROM queue LEFT JOIN queue_part ON queue_id = queue.id
            WHERE project_id = \(project.id) ORDER BY queue.id, queue_part.id
            """
        ) { row in (0..<5).map { row.text($0) }.joined(separator: " ") }
    }

    /// Starts the first entry of a project that can be started.
    func startFirst(of project: RecordID) throws -> [String] {
        let first = try data.one(
            """
            SELECT queue.id, queue.code FROM queue JOIN aux_queue ON queue_id = queue.id JOIN project ON project.id = project_id
            LEFT JOIN operation ON operation.id = operation_id
            WHERE project_id = \(project.id) AND \(QueueFigures.isReady) AND coalesce(operation.outside, 0) = 0 ORDER BY step LIMIT 1
            """, RecordID.init)
        guard let first else { return [] }
        let (run, notes) = try startQueue([first], RunRequest())
        return notes + ["\(first.code) started: run \(run.code)"]
    }

    /// Pauses what is at work on a project. What is cut together with other projects leaves their run, which goes on.
    func pauseAll(of project: RecordID) throws -> [String] {
        let entries = try keptEntries(of: project.id).filter { $0.status == .running || $0.status == .paused }.map(\.thing)
        let shared = try data.all(
            """
            SELECT id, code FROM queue WHERE id IN (\(SQL.ids(entries.map(\.id)))) AND EXISTS (SELECT 1 FROM queue AS other
                WHERE other.run_id = queue.run_id AND other.project_id <> \(project.id)) ORDER BY id
            """, RecordID.init)
        for entry in shared {
            try stopRun(of: entry, because: "\(project.code) was put on hold")
            _ = try move(.queue, entry, queueMove("stop"))
        }
        let own = try workedEntries(entries).filter { $0.status == .running }
        return try pauseQueue(own.map(\.thing))
    }

    /// Finishes all that is left of a project.
    func finishAll(of project: RecordID) throws -> [String] {
        var notes: [String] = []
        while let entry = try keptEntries(of: project.id).first(where: \.isOpen) {
            if entry.status == .outside {
                let done = try receiveOutside(entry.thing, FinishRequest(), following: .none)
                notes.append("\(entry.thing.code) received: run \(done.run.code), \(done.sentence)")
                notes += done.notes
                continue
            }
            let done = try finishQueue(entry.thing, FinishRequest(), completing: project)
            notes.append("\(entry.thing.code) finished: run \(done.run.code), \(done.sentence)")
            notes += done.notes
        }
        return notes
    }

    /// Brings the entries of a project up to date after its parts were changed.
    @discardableResult
    func updateQueue(_ project: Int) throws -> [String] {
        let found = try data.one(
            """
            SELECT id, code FROM project WHERE id = \(project) AND status IN ('queued', 'in-progress')
                AND EXISTS (SELECT 1 FROM queue WHERE queue.project_id = project.id)
            """, RecordID.init)
        return try found.map { try enqueue($0, again: false) } ?? []
    }

    /// Brings the queue up to date after a command has changed a project or its parts. What was taken off the queue by hand does not come back
    /// by itself.
    /// - Returns: notes for the user.
    func requeue(_ project: Int) throws -> [String] {
        let ready = try data.one(
            """
            SELECT id, code FROM project WHERE id = \(project) AND status = 'approved'
                AND NOT EXISTS (SELECT 1 FROM queue WHERE queue.project_id = project.id)
            """, RecordID.init)
        return try ready.map { try queueWhenReady($0) } ?? updateQueue(project)
    }
}

extension Shop {
    /// Takes parts out of the queue before they are removed.
    /// - Throws: `refused` if a run has worked on one of them.
    func unqueue(_ parts: SQL) throws {
        let worked = try data.one(
            """
            SELECT part.number, project.code, run.code FROM part JOIN project ON project.id = part.project_id
            JOIN queue_part ON queue_part.part_id = part.id JOIN run_row ON queue_part_id = queue_part.id JOIN run ON run.id = run_id
            WHERE part.id IN (\(parts)) ORDER BY part.id LIMIT 1
            """
        ) { (part: $0.int(0), project: $0.text(1), run: $0.text(2)) }
        if let worked {
            throw Failure(
                .refused, .part, "part \(worked.part) of \(worked.project) was made in run \(worked.run)",
                hint: "laseros project part edit \(worked.project) \(worked.part) --quantity NUMBER changes how many are ordered")
        }
        try data.run("DELETE FROM queue_part WHERE part_id IN (\(parts))")
    }
}

extension Shop {
    /// Removes the entries of a project that is to be removed, unless a run has worked on them: then they refuse it.
    func removeUnworked(_ id: Int) throws {
        let entries: SQL = "SELECT id FROM queue WHERE project_id = \(id)"
        let isWorked = try data.one("SELECT 1 FROM run_row JOIN queue_part ON queue_part.id = queue_part_id WHERE queue_id IN (\(entries))")
        { _ in true }
        guard isWorked != true else { return }
        try removeRows(Noun.queue.children, of: entries)
        try data.run("DELETE FROM queue WHERE project_id = \(id)")
    }
}
