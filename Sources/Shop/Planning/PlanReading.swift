import Store
import Values

/// An open entry of the queue, as it is read for a plan.
struct PlanEntry {
    var id: Int
    var code: String
    var step: Int
    var status: QueueStatus
    /// Nil for cutting.
    var operation: Int?
    var operationCode: String
    var kind: WorkKind
    var isOutside: Bool
    /// Where it is done; nil if nobody has said it.
    var machine: Int?
    /// What is left of its estimated time.
    var estimate: Int?
    var startsOn: Day?
    var isPinned: Bool
    var isPlaced: Bool
    var added: Moment
    /// The first operation of its parts, which takes their material.
    var isFirst: Bool
    var project: RecordID
    var projectName: String
    var priority: Priority
    var due: Day?
    var hold: String?
    /// Whether its project waits for material of which nothing is reserved.
    var isAwaited: Bool
    /// The run that is at work on it, and how long it has been.
    var run: Int?
    var elapsed: Int
    /// When a supplier has promised it back.
    var back: Day?

    /// Work of which the runs are compared with their estimates.
    struct WorkKind: Hashable {
        var operation: Int?
        var material: Int?
        var thickness: Length?
    }

    init(_ row: Row, clock: Moment) throws {
        (id, code, step, status) = (row.int(0), row.text(1), row.int(2), try row.get(3))
        (operation, operationCode) = (try row.get(4), row.text(5))
        kind = WorkKind(operation: operation, material: try row.get(6), thickness: try row.get(7))
        (isOutside, machine) = (row.int(8) != 0 || status == .outside, try row.get(9))
        (startsOn, isPinned, isPlaced, added) = (try row.get(11), row.int(12) != 0, row.int(13) != 0, try row.get(14))
        isFirst = operation == nil || row.int(15) == 1
        project = RecordID(id: row.int(16), code: row.text(17))
        (projectName, priority, due, hold) = (row.text(18), try row.get(19), try row.get(20), try row.get(21))
        (isAwaited, run, elapsed, back) = (row.int(22) != 0, try row.get(23), 0, try row.get(27))
        if let start: Moment = try row.get(24) { elapsed = max(0, (try row.get(25) ?? clock).ms - start.ms - row.int(26)) }
        estimate = try row.get(10)
        // The estimate is for all that is ordered.
        if let all = estimate, let ordered: Int = try row.get(28), ordered > 0, let left: Int = try row.get(29) {
            estimate = Decimal.scale(all, left, over: ordered)
        }
    }

    /// The columns of an entry in statements from `joins`.
    static let columns: SQL = """
        queue.id, queue.code, queue.step, queue.status, queue.operation_id, coalesce(operation.code, 'cut'), queue.material_id, queue.thickness_um,
        coalesce(operation.outside, 0), coalesce(run.machine_id, queue.machine_id, operation.machine_id), queue.estimate_ms, queue.starts_on,
        queue.pinned, queue.place IS NOT NULL, queue.added_at, queue.level, project.id, project.code, project.name, project.priority, project.due,
        iif(project.held_on IS NULL, NULL, coalesce(project.hold_reason, '')), project.material_awaited_on IS NOT NULL, queue.run_id, run.started_at,
        run.paused_at, run.paused_ms, coalesce(line.expected_on, purchase.expected_on), iif(\(isBegun), \(QueueFigures.ordered), NULL),
        iif(\(isBegun), \(QueueFigures.left), NULL)
        """

    private static let isBegun: SQL = """
        EXISTS (SELECT 1 FROM queue_part AS made JOIN run_row ON run_row.queue_part_id = made.id WHERE made.queue_id = queue.id)
        """

    static let joins: SQL = """
        aux_queue JOIN queue ON queue.id = aux_queue.queue_id JOIN project ON project.id = queue.project_id
        LEFT JOIN operation ON operation.id = queue.operation_id LEFT JOIN run ON run.id = queue.run_id
        LEFT JOIN purchase_line AS line ON line.id = queue.line_id LEFT JOIN purchase ON purchase.id = line.purchase_id
        """
}

/// The queue, as it is read for a plan.
struct PlanReading {
    /// In the order of the queue.
    var entries: [PlanEntry]
    /// The entries of lower steps that an entry waits for.
    var before: [Int: [Int]] = [:]
    var material: PlanMaterial
    var outside: PlanOutside
    var ratios: [PlanEntry.WorkKind: MinutesRatio]
    var lasers: [Int]
    /// The machines that do not cut, and what they are: `is a press-brake and does not cut`.
    var notCutting: [Int: String] = [:]
}

extension Shop {
    /// Reads the open entries with all that a plan of them depends on, in a number of statements that does not depend on them.
    func readQueue() throws -> PlanReading {
        let clock = clock
        let entries = try data.all(
            "SELECT \(PlanEntry.columns) FROM \(PlanEntry.joins) WHERE aux_queue.open ORDER BY aux_queue.rank"
        ) { try PlanEntry($0, clock: clock) }
        var reading = PlanReading(
            entries: entries, material: try planMaterial(), outside: try planOutside(), ratios: try minutesRatios(),
            lasers: try data.all("SELECT id FROM machine WHERE active AND kind = 'laser' ORDER BY code") { $0.int(0) })
        try data.each("SELECT id, kind FROM machine WHERE kind <> 'laser'") { row in
            reading.notCutting[row.int(0)] = (try row.get(1) as MachineKind).notCutting
        }
        try data.each(
            "SELECT DISTINCT queue.id, before.id \(QueueFigures.whatWaits) AND queue.id IN (SELECT queue_id FROM aux_queue WHERE open)"
        ) { reading.before[$0.int(0), default: []].append($0.int(1)) }
        return reading
    }

    /// How long work takes compared with its estimates.
    func minutesRatios() throws -> [PlanEntry.WorkKind: MinutesRatio] { try timedRuns().mapValues(MinutesRatio.init) }

    /// The runs of the last year with an estimate and a time, by operation, material and thickness.
    func timedRuns() throws -> [PlanEntry.WorkKind: [MinutesRatio.Run]] {
        var runs: [PlanEntry.WorkKind: [MinutesRatio.Run]] = [:]
        try data.each(
            """
            SELECT (SELECT operation_id FROM run_row JOIN queue_part ON queue_part.id = queue_part_id JOIN queue ON queue.id = queue_id
                WHERE run_row.run_id = run.id LIMIT 1), run.material_id, run.thickness_um, run.estimate_ms, run.duration_ms
            FROM \(try runsWithPresets()) WHERE run.day >= \(try today() - 365) AND \(Shop.isComparable)
            """
        ) { row in
            let kind = PlanEntry.WorkKind(operation: try row.get(0), material: try row.get(1), thickness: try row.get(2))
            runs[kind, default: []].append(MinutesRatio.Run(estimated: row.int(3), real: row.int(4)))
        }
        return runs
    }
}

extension PlanReading {
    /// The jobs of the projects that are not on hold.
    func jobs() -> [PlanJob] {
        let places = handPlaces(), shares = estimatesOfRuns()
        var jobs: [PlanJob] = [], index: [Int: Int] = [:]
        for (rank, entry) in entries.enumerated() where entry.hold == nil {
            var operation = operation(entry, sharing: entry.run.flatMap { shares[$0] })
            operation.place = places[rank]
            if let i = index[entry.project.id] {
                jobs[i].operations.append(operation)
                jobs[i].added = min(jobs[i].added, entry.added)
            } else {
                index[entry.project.id] = jobs.count
                jobs.append(
                    PlanJob(
                        code: entry.project.code, priority: entry.priority, promised: entry.due, added: entry.added, operations: [operation]
                    ))
            }
        }
        return jobs
    }

    private func operation(_ entry: PlanEntry, sharing all: Int?) -> PlanOperation {
        let isBegun = entry.status == .running || entry.status == .paused, ratio = ratios[entry.kind] ?? .none
        var operation = PlanOperation(id: entry.id, code: entry.code, step: entry.step, site: site(entry), minutes: nil)
        if let estimate = entry.estimate {
            // The entries of a run share the time that it has been at work.
            let elapsed = all.map { Decimal.scale(entry.elapsed, estimate, over: $0) } ?? entry.elapsed
            let left = isBegun ? max(0, Decimal.scale(estimate, ratio.likely, over: MinutesRatio.one) - elapsed) : estimate
            operation.minutes = (left + 59_999) / 60_000
        }
        // What pauses may wait for others, but goes on where it began.
        operation.isStarted = entry.status == .running || entry.status == .outside
        if !isBegun { operation.ratio = ratio }
        operation.after = before[entry.id] ?? []
        operation.material = isBegun || !entry.isFirst ? .here : material.state(of: entry)
        if entry.isPinned, let day = entry.startsOn {
            operation.pin = PlanOperation.Pin(day: day, centre: entry.machine)
        } else {
            operation.earliest = entry.startsOn
        }
        return operation
    }

    private func site(_ entry: PlanEntry) -> PlanOperation.Site {
        if entry.status == .outside { return .outside(back: entry.back, days: nil) }
        if entry.isOutside, let operation = entry.operation {
            return .outside(back: outside.back[[entry.project.id, operation]] ?? nil, days: outside.days[operation])
        }
        return .centres(centres(entry))
    }

    /// Where it can be done: cutting without a machine on any laser.
    func centres(_ entry: PlanEntry) -> [Int] { entry.machine.map { [$0] } ?? (entry.operation == nil ? lasers : []) }

    /// The estimated time of all entries of a run.
    private func estimatesOfRuns() -> [Int: Int] {
        entries.reduce(into: [:]) { sums, entry in
            if let run = entry.run, let estimate = entry.estimate, estimate > 0 { sums[run, default: 0] += estimate }
        }
    }

    /// The places by hand. What stands before an entry with a place and is done at the same machine has a place, too: else a plan would put
    /// the entry before it.
    private func handPlaces() -> [Int?] {
        var last: [Int: Int] = [:]
        for (rank, entry) in entries.enumerated() where entry.isPlaced { for centre in centres(entry) { last[centre] = rank } }
        return entries.enumerated().map { rank, entry in
            entry.isPlaced || centres(entry).contains { rank < last[$0] ?? 0 } ? rank : nil
        }
    }
}
