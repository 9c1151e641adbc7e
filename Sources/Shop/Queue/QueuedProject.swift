import Store
import Values

extension Settings {
    package static let autoQueue = Setting(
        "auto_queue", true, "whether an approved project goes into the queue by itself once it is complete and its material is there")
}

/// What happens to the entries of a project when the project moves.
extension Shop {
    /// A project that is queued: its entries are added, and what was at work on it ends without a result.
    func queued(_ project: RecordID) throws -> [String] {
        for entry in try keptEntries(of: project.id) where entry.status == .running || entry.status == .paused {
            try stopRun(of: entry.thing, because: "\(project.code) went back to the queue")
            _ = try move(.queue, entry.thing, queueMove("stop"))
        }
        try data.run("UPDATE project SET material_awaited_on = NULL WHERE id = \(project.id) AND material_awaited_on IS NOT NULL")
        return try enqueue(project)
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
        let open = try keptEntries(of: project.id).count(where: \.isOpen), notes = try enqueue(project)
        guard try keptEntries(of: project.id).count(where: \.isOpen) == open else { return notes }
        throw Failure(
            .refused, .queue, "all of project \(project.code) is in the queue already", hint: "laseros queue list --project \(project.code)"
        )
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

    /// Pauses what is at work on a project.
    func pauseAll(of project: RecordID) throws -> [String] {
        try pauseQueue(try keptEntries(of: project.id).filter { $0.status == .running }.map(\.thing))
    }

    /// Finishes all that is left of a project.
    func finishAll(of project: RecordID) throws -> [String] {
        var notes: [String] = []
        while let entry = try keptEntries(of: project.id).first(where: \.isOpen) {
            if entry.status == .outside {
                let done = try receiveOutside(entry.thing, FinishRequest(), moving: false)
                notes.append("\(entry.thing.code) received: run \(done.run.code), \(done.sentence)")
                notes += done.notes
                continue
            }
            let done = try finishQueue(entry.thing, FinishRequest(), moving: false)
            notes.append("\(entry.thing.code) finished: run \(done.run.code), \(done.sentence)")
            notes += done.notes
        }
        return notes
    }

    /// Queues an approved project by itself, if the setting says so, it is complete and its material is there.
    /// - Returns: notes for the user: that it is queued, or which material it waits for.
    @discardableResult
    func queueWhenReady(_ project: RecordID) throws -> [String] {
        guard try setting(Settings.autoQueue), try state(of: .project, project.id) == ProjectStatus.approved.rawValue else { return [] }
        let facts = try facts(ofProject: project)
        guard facts.hold == nil, facts.lacksOfMaterial.isEmpty, facts.lacksOfPayment.isEmpty, try hasQuantities(project.id) else {
            return []
        }
        let short = try shortMaterial(of: project) + (facts.awaitedPart == nil ? [] : ["the customer's"])
        guard short.isEmpty else {
            try data.run("UPDATE project SET material_awaited_on = coalesce(material_awaited_on, \(try today())) WHERE id = \(project.id)")
            return ["project \(project.code) waits for material: \(Shop.listed(short))"]
        }
        guard let queue = LifeCycle.project.move("queue") else { throw Failure(.defect, .project, "projects have no move queue") }
        let reason = "it is complete, and its material is there"
        let notes = try move(.project, project, queue, LifeCycle.Request(reason: reason, isImplied: true))
        return ["project \(project.code) queued"] + notes
    }

    /// Whether it is known how many of each part are ordered, or of the whole.
    private func hasQuantities(_ project: Int) throws -> Bool {
        try data.one(
            """
            SELECT iif(EXISTS (SELECT 1 FROM part WHERE project_id = project.id),
                quantity IS NOT NULL AND (SELECT count(*) FROM part WHERE project_id = project.id) = 1
                    OR NOT EXISTS (SELECT 1 FROM part WHERE project_id = project.id AND part.quantity IS NULL
                        AND NOT EXISTS (SELECT 1 FROM part_component WHERE part_component.part_id = part.id)),
                quantity IS NOT NULL) FROM project WHERE id = \(project)
            """
        ) { $0.int(0) != 0 } ?? false
    }

    /// The items of which less is free than a project needs, each with what is missing. What the shop keeps no item of is not missed.
    private func shortMaterial(of project: RecordID) throws -> [String] {
        try sheetNeeds(of: project).compactMap { need in
            guard let found = try item(for: need) else { return nil }
            let free = try free(found.thing, for: project).thousandths
            guard let sheets = try need.sheets ?? estimate(need, found.size) else { return free > 0 ? nil : found.thing.code }
            let missing = min(sheets, Decimal.limit / 1000) * 1000 - free
            return missing > 0 ? "\(Quantity(thousandths: missing)) of \(found.thing.code)" : nil
        }
    }

    /// Queues the projects that waited for items which came.
    /// - Returns: notes for the user.
    func queueWaiting(for items: [Int]) throws -> [String] {
        guard !items.isEmpty else { return [] }
        let waiting = try data.all(
            """
            SELECT id, code FROM project WHERE material_awaited_on IS NOT NULL AND status = 'approved'
            ORDER BY instr('uhnl', substr(priority, 1, 1)), coalesce(due, '9999-12-31'), id
            """, RecordID.init)
        return try waiting.flatMap { project -> [String] in
            let notes = try queueWhenReady(project)
            return try state(of: .project, project.id) == ProjectStatus.queued.rawValue ? notes : []
        }
    }

    /// Brings the queue up to date after the parts of a project were changed.
    func requeue(_ project: Int) throws {
        guard
            let found = try data.one(
                "SELECT id, code, status FROM project WHERE id = \(project)", { (RecordID($0), try $0.get(2) as ProjectStatus) })
        else { return }
        switch found.1 {
        case .queued, .inProgress:
            if try data.one("SELECT 1 FROM queue WHERE project_id = \(project) LIMIT 1", { _ in true }) == true {
                try enqueue(found.0, again: false)
            }
        case .approved:
            if try data.one("SELECT 1 FROM project WHERE id = \(project) AND material_awaited_on IS NOT NULL", { _ in true }) == true {
                try queueWhenReady(found.0)
            }
        default: break
        }
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
