import Store
import Values

/// What a user says about a run.
package struct RunRequest: Sendable {
    package var machine: RecordID?
    package var `operator`: RecordID?
    package var preset: RecordID?
    package var notes: String?

    package init() {}
}

/// Starts and interrupts the work on entries of the queue.
extension Shop {
    /// An entry with what its run depends on.
    struct WorkedEntry {
        var thing: RecordID
        var project: RecordID
        var projectStatus: ProjectStatus
        var status: QueueStatus
        var operation: Int?
        var material: Int?
        var thickness: Length?
        var machine: Int?
        var run: Int?
        var hold: String?
        var waitsFor: String?
        var estimate: Int?
        var ordered: Int?
        var isOutside: Bool
    }

    func workedEntries(_ entries: [RecordID]) throws -> [WorkedEntry] {
        let found = try data.all(
            """
            SELECT queue.id, queue.code, project.id, project.code, project.status, queue.status, queue.operation_id, queue.material_id,
                queue.thickness_um, queue.machine_id, run_id, iif(held_on IS NULL, NULL, coalesce(hold_reason, 'for no reason given')),
                \(QueueFigures.waitsFor), estimate_ms, \(QueueFigures.ordered), coalesce(operation.outside, 0)
            FROM queue JOIN project ON project.id = queue.project_id LEFT JOIN operation ON operation.id = queue.operation_id
            WHERE queue.id IN (\(SQL.ids(entries.map(\.id))))
            """
        ) { row in
            WorkedEntry(
                thing: RecordID(row), project: RecordID(id: row.int(2), code: row.text(3)), projectStatus: try row.get(4),
                status: try row.get(5),
                operation: try row.get(6), material: try row.get(7), thickness: try row.get(8), machine: try row.get(9),
                run: try row.get(10),
                hold: try row.get(11), waitsFor: try row.get(12), estimate: try row.get(13), ordered: try row.get(14),
                isOutside: row.int(15) != 0)
        }
        let byID = Dictionary(found.map { ($0.thing.id, $0) }) { first, _ in first }
        return entries.compactMap { byID[$0.id] }
    }

    /// Starts one run for all these entries, or goes on with the run that was paused.
    /// - Returns: the run, and notes for the user.
    package func startQueue(_ entries: [RecordID], _ request: RunRequest) throws -> (run: RecordID, notes: [String]) {
        let work = try workedEntries(entries), start = try queueMove("start")
        for entry in work { try demandStart(entry, start) }
        try demandOneMaterial(work)
        if let paused = work.first?.run, work.allSatisfy({ $0.run == paused }) {
            return try goOn(paused, request)
        }
        if let begun = work.first(where: { $0.run != nil }) {
            throw Failure(
                .refused, .queue, "entry \(begun.thing.code) belongs to a run of its own, which was paused",
                hint: "laseros queue start \(begun.thing.code) goes on with it")
        }
        try demandActive(request)
        var notes: [String] = [], made = RunRequest()
        (made.notes, made.operator) = (request.notes, try request.operator ?? ownOperator())
        made.machine = try request.machine ?? work.compactMap(\.machine).first.map { try named(.machine, $0) }
        made.preset = try request.preset ?? fittingPreset(work, on: made.machine)
        notes += try startNotes(work, made)
        let run = try addRun(made, work, startedAt: clock), place = made.machine?.id
        for entry in work {
            var move = start
            move.effect = { _, _ in LifeCycle.Effect(values: [("run_id", "\(run.id)"), ("machine_id", "coalesce(machine_id, \(place))")]) }
            _ = try self.move(.queue, entry.thing, move)
        }
        for entry in work where try state(of: .project, entry.project.id) == ProjectStatus.queued.rawValue {
            notes += try moveProject(entry.project, "start", because: "\(entry.thing.code) was started")
        }
        return (run, notes)
    }

    private func demandStart(_ entry: WorkedEntry, _ move: LifeCycle.Move) throws {
        guard move.possible.contains(entry.status.rawValue) else {
            // The transition itself says what is possible.
            return _ = try self.move(.queue, entry.thing, move)
        }
        try demandNotHeld(entry)
        if entry.isOutside {
            throw Failure(
                .refused, .queue, "entry \(entry.thing.code) is done by others",
                hint: "laseros queue dispatch \(entry.thing.code) --purchase CODE")
        }
        try demandInput(entry)
    }

    func demandNotHeld(_ entry: WorkedEntry) throws {
        guard let hold = entry.hold else { return }
        throw Failure(
            .refused, .queue, "project \(entry.project.code) is on hold: \(hold)", hint: "laseros project resume \(entry.project.code)")
    }

    /// - Throws: `refused` for an entry of which the operations before have made nothing yet.
    func demandInput(_ entry: WorkedEntry) throws {
        guard let before = entry.waitsFor, try availableParts(of: entry.thing.id).allSatisfy({ $0.available <= 0 }) else { return }
        throw Failure(
            .refused, .queue, "entry \(entry.thing.code) waits for \(before)", hint: "laseros queue start \(before.prefix { $0 != "," })")
    }

    /// - Throws: `refused` for entries of several materials, which are not cut from one sheet.
    private func demandOneMaterial(_ work: [WorkedEntry]) throws {
        guard let first = work.first else { return }
        for other in work.dropFirst()
        where other.operation != first.operation
            || other.operation == nil && (other.material != first.material || other.thickness != first.thickness)
        {
            throw Failure(
                .refused, .queue, "entries \(first.thing.code) and \(other.thing.code) are not of one operation, material and thickness",
                hint: "each needs a run of its own")
        }
    }

    private func goOn(_ run: Int, _ request: RunRequest) throws -> (run: RecordID, notes: [String]) {
        try demandActive(request)
        let found = RecordID(id: run, code: try code(of: .run, run) ?? "")
        try data.run(
            """
            UPDATE run SET paused_ms = paused_ms + \(try clock.ms - (pausedAt(run)?.ms ?? clock.ms)), paused_at = NULL,
                machine_id = coalesce(\(request.machine?.id), machine_id), operator_id = coalesce(\(request.operator?.id), operator_id),
                preset_id = coalesce(\(request.preset?.id), preset_id), notes = coalesce(\(request.notes), notes)
            WHERE id = \(run)
            """)
        // All that is cut together goes on together.
        for entry in try workedEntries(entries(ofRun: run)) { try demandNotHeld(entry) }
        for entry in try entries(ofRun: run) { _ = try move(.queue, entry, queueMove("start")) }
        return (found, [])
    }

    func pausedAt(_ run: Int) throws -> Moment? {
        try data.one("SELECT paused_at FROM run WHERE id = \(run)") { try $0.get(0) as Moment? } ?? nil
    }

    /// The entries that a run is at work on.
    func entries(ofRun run: Int) throws -> [RecordID] {
        try data.all("SELECT id, code FROM queue WHERE run_id = \(run) ORDER BY id", RecordID.init)
    }

    /// Interrupts the runs of entries.
    package func pauseQueue(_ entries: [RecordID]) throws -> [String] {
        var seen: Set<Int> = [], notes: [String] = []
        for entry in try workedEntries(entries) where !seen.contains(entry.thing.id) {
            guard entry.status == .running, let run = entry.run else {
                _ = try move(.queue, entry.thing, queueMove("pause"))
                continue
            }
            try data.run("UPDATE run SET paused_at = \(clock) WHERE id = \(run)")
            let together = try self.entries(ofRun: run)
            for other in together { _ = try move(.queue, other, queueMove("pause")) }
            seen.formUnion(together.map(\.id))
            let others = together.filter { other in !entries.contains { $0.id == other.id } }
            if !others.isEmpty { notes.append("paused with it: \(Shop.listed(others.map(\.code)))") }
        }
        return notes
    }

    /// Takes an entry out of its run, which ends without a result if it was the only one.
    func stopRun(of entry: RecordID, because reason: String) throws {
        guard let run = try data.one("SELECT run_id FROM queue WHERE id = \(entry.id)", { try $0.get(0) as Int? }) ?? nil else { return }
        try data.run("UPDATE queue SET run_id = NULL WHERE id = \(entry.id)")
        guard try entries(ofRun: run).isEmpty else { return }
        try data.run(
            "UPDATE run SET ended_at = \(clock), paused_at = NULL, removed_on = \(try today()), remove_reason = \(reason) WHERE id = \(run)"
        )
    }

    func addRun(_ request: RunRequest, _ work: [WorkedEntry], startedAt: Moment?) throws -> RecordID {
        let code = try nextCode("RN-", digits: 4, in: "run"), first = work.first
        try data.run(
            """
            INSERT INTO run (code, day, machine_id, operator_id, preset_id, material_id, thickness_um, started_at, notes, at, who)
            VALUES (\(code), \(try today()), \(request.machine?.id), \(request.operator?.id), \(request.preset?.id), \(first?.material),
                \(first?.thickness), \(startedAt), \(request.notes), \(clock), \(who))
            """)
        return RecordID(id: data.lastID, code: code)
    }

    /// The operator who is logged in.
    func ownOperator() throws -> RecordID? {
        try data.one("SELECT id, code FROM operator WHERE user = \(who) AND active", RecordID.init)
    }

    func named(_ noun: Noun, _ id: Int) throws -> RecordID { RecordID(id: id, code: try code(of: noun, id) ?? "") }
}
