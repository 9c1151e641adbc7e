import Store
import Values

/// Moves the entries of a project between queued and done by what runs have made, and the project with them.
extension Shop {
    /// How a project follows its entries.
    package enum Following: Sendable {
        /// It starts with the first piece, is completed with its last entry, and reopened when one is queued again.
        case all
        /// It is only reopened.
        case reopening
        case none
    }

    /// - Returns: notes for the user.
    @discardableResult
    func settleQueue(_ project: Int, reason: String, following: Following = .all) throws -> [String] {
        let entries = try data.all(
            """
            SELECT id, code, status, \(QueueFigures.left), EXISTS (SELECT 1 FROM queue_part JOIN run_row ON queue_part_id = queue_part.id
                JOIN run ON run.id = run_row.run_id AND run.removed_on IS NULL WHERE queue_part.queue_id = queue.id AND (good <> 0 OR run_row.scrapped <> 0))
            FROM queue WHERE project_id = \(project) AND status <> 'removed' ORDER BY step
            """
        ) { row in
            (thing: RecordID(row), status: try row.get(2) as QueueStatus, left: try row.get(3) as Int?, isMade: row.int(4) != 0)
        }
        // Nothing is made again for a cancelled project, even if an undo has taken back what was made.
        let status = try data.one("SELECT status FROM project WHERE id = \(project)") { try $0.get(0) as ProjectStatus }
        guard status != .cancelled else {
            for entry in entries where entry.status == .queued {
                _ = try move(.queue, entry.thing, queueMove("remove"), LifeCycle.Request(reason: reason))
            }
            return []
        }
        var notes: [String] = [], hasOpen = false
        for entry in entries {
            var isOpen = entry.status != .done
            if entry.status == .done, let left = entry.left, left > 0, entry.isMade {
                _ = try move(.queue, entry.thing, queueMove("again"), LifeCycle.Request(reason: reason))
                notes.append("\(entry.thing.code) is queued again: \(left) left")
                isOpen = true
            } else if entry.status == .queued, entry.left == 0, entry.isMade {
                _ = try move(.queue, entry.thing, queueMove("finish"), LifeCycle.Request(reason: reason))
                isOpen = false
            }
            hasOpen = hasOpen || isOpen
        }
        guard following != .none, !entries.isEmpty else { return notes }
        let isMade = entries.contains(where: \.isMade)
        return try notes + moveProject(project, hasOpen: hasOpen, isMade: isMade, following, because: reason)
    }

    private func moveProject(_ project: Int, hasOpen: Bool, isMade: Bool, _ following: Following, because reason: String) throws -> [String]
    {
        let found = try data.one("SELECT id, code, status FROM project WHERE id = \(project)") {
            (thing: RecordID($0), status: try $0.get(2) as ProjectStatus)
        }
        guard let found else { return [] }
        if hasOpen, found.status == .completed { return try moveProject(found.thing, "reopen", because: reason) }
        guard following == .all else { return [] }
        var notes: [String] = []
        if found.status == .queued, isMade || !hasOpen { notes += try moveProject(found.thing, "start", because: reason) }
        if !hasOpen, [.queued, .inProgress].contains(found.status) {
            notes += try moveProject(found.thing, "complete", because: reason)
        }
        return notes
    }

    /// The projects of the entries whose figures rows with these ids change.
    func queuedProjects(among touched: [String: ClosedRange<Int>]) throws -> Set<Int> {
        Set(
            try touched.flatMap { table, ids -> [Int] in
                let range: SQL = "BETWEEN \(ids.lowerBound) AND \(ids.upperBound)", parts: SQL
                switch table {
                case "queue": parts = "queue_part.queue_id \(range)"
                case "queue_part": parts = "queue_part.id \(range)"
                case "run_row": parts = "queue_part.id IN (SELECT queue_part_id FROM run_row WHERE id \(range))"
                case "run": parts = "queue_part.id IN (SELECT queue_part_id FROM run_row WHERE run_id \(range))"
                default: return []
                }
                return try data.all("SELECT DISTINCT project_id FROM queue_part JOIN queue ON queue.id = queue_id WHERE \(parts)") {
                    $0.int(0)
                }
            })
    }
}
