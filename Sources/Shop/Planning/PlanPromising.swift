import Store
import Values

/// The earliest honest day of a job.
package struct QueuePromise: Sendable {
    /// Nil for so many minutes.
    package var project: RecordID?
    /// The time that its operations take by the ratio; nil if nobody knows.
    package var time: Seconds?
    package var promise: Promise
    /// The last day of a project that is queued, by the plan.
    package var planned: Day?
    package var isQueued = false
    /// What the time is of the estimate, on the average and at the most in four of five runs.
    package var ratio: Quantity?
    package var safeRatio: Quantity?

    package static let columns: [Column<QueuePromise>] = [
        Column("project") { $0.project?.code }, Column("likely") { $0.promise.likely }, Column("safe") { $0.promise.safe },
        Column("planned") { $0.planned }, Column("time_s") { $0.time }, Column("ratio") { $0.ratio },
        Column("safe_ratio") { $0.safeRatio }, Column("runs") { $0.promise.runs },
    ]
    package static let headings = columns.map(\.heading)
}

extension Shop {
    /// The earliest day of a project behind all that is queued.
    /// - Throws: `refused` for a project that is finished or on hold.
    package func promise(_ project: RecordID) throws -> (QueuePromise, notes: [String]) {
        let state = try state(of: .project, project.id)
        guard ![ProjectStatus.completed.rawValue, ProjectStatus.cancelled.rawValue].contains(state) else {
            throw Failure(.refused, .queue, "project \(project.code) is \(state): there is nothing to promise")
        }
        if let hold = try facts(ofProject: project).hold {
            throw Failure(
                .refused, .queue, "project \(project.code) is on hold: \(hold)", hint: "laseros project resume \(project.code)")
        }
        let queue = try planQueue()
        if let job = queue.input.jobs.first(where: { $0.code == project.code }) {
            var found = queue.promise(job)
            (found.project, found.isQueued) = (project, true)
            found.planned = queue.plan.jobs.first { $0.code == project.code }?.ends
            let end = found.planned.map { "\($0)" } ?? "no day"
            return (found, ["project \(project.code) is in the queue already: by the plan it ends on \(end)"] + queue.doubts(found, job))
        }
        let job = try unqueuedJob(project, queue.reading)
        var found = queue.promise(job)
        found.project = project
        return (found, queue.doubts(found, job))
    }

    /// The earliest day for so much cutting.
    package func promise(
        _ time: Seconds, of material: RecordID, _ thickness: Length?, on machine: RecordID?
    ) throws -> (QueuePromise, notes: [String]) {
        let queue = try planQueue(),
            runs = try timedRuns().filter { kind, _ in
                kind.operation == nil && kind.material == material.id && (thickness == nil || kind.thickness == thickness)
            }
        let centres = machine.map { [$0.id] } ?? queue.reading.lasers
        var operation = PlanOperation(id: 0, code: "", step: 10, site: .centres(centres), minutes: (time.ms + 59_999) / 60_000)
        operation.ratio = MinutesRatio(runs.values.flatMap { $0 })
        let job = PlanJob(code: "", added: clock, operations: [operation]), found = queue.promise(job)
        return (found, queue.doubts(found, job))
    }

    /// A project that is not queued, as the queue would have it.
    private func unqueuedJob(_ project: RecordID, _ reading: PlanReading) throws -> PlanJob {
        let work = try work(for: project), cuts = work.count { $0.work.operation == nil }, own = try cutTime(of: project)
        let material = try expectedMaterial(of: project)
        let operations = try work.enumerated().map { i, one in
            let operation = one.work.operation
            let place = try operation.flatMap { id in
                try data.one("SELECT machine_id, outside FROM operation WHERE id = \(id)") {
                    (machine: try $0.get(0) as Int?, isOutside: $0.int(1) != 0)
                }
            }
            let site: PlanOperation.Site =
                if let operation, place?.isOutside == true {
                    .outside(back: reading.outside.back[[project.id, operation]] ?? nil, days: reading.outside.days[operation])
                } else {
                    .centres(operation == nil ? reading.lasers : place?.machine.map { [$0] } ?? [])
                }
            let time = try time(of: one.work, one.parts, cut: cuts == 1 ? own : nil, on: usualMachine(for: operation))
            var planned = PlanOperation(
                id: -i, code: Shop.entryCode(project.code, (i + 1) * 10), step: one.work.level, site: site,
                minutes: time.map { ($0 + 59_999) / 60_000 })
            let kind = PlanEntry.WorkKind(operation: operation, material: one.work.material, thickness: one.work.thickness)
            planned.ratio = reading.ratios[kind] ?? .none
            if operation == nil || one.work.level == 1 { planned.material = material }
            return planned
        }
        return PlanJob(code: project.code, added: clock, operations: operations)
    }

    /// When all of a project's material is there: by what is on order behind all that others have reserved, else by the supplier's lead days.
    private func expectedMaterial(of project: RecordID) throws -> PlanOperation.MaterialState {
        if try facts(ofProject: project).awaitedPart != nil { return .unknown }
        var last: Day?
        for need in try sheetNeeds(of: project) {
            guard let found = try item(for: need), let item = found.thing.item else { continue }
            let sheets = try need.sheets ?? estimate(need, found.size) ?? 1
            let missing = min(sheets, Decimal.limit / 1000) * 1000 - (try free(found.thing, for: project).thousandths)
            guard missing > 0 else { continue }
            var arrivals = try arrivals(of: "\(item.id)")[item.id] ?? []
            guard let day = try PlanMaterial.take(missing, for: project.id, &arrivals) ?? orderedToday(item.id) else { return .unknown }
            last = max(last ?? day, day)
        }
        return last.map { .arrives($0) } ?? .here
    }

    /// When an item comes that is ordered today.
    private func orderedToday(_ item: Int) throws -> Day? {
        let lead: Int? =
            try data.one("SELECT lead_days FROM supplier WHERE id = (SELECT \(ItemNeed.seller) FROM inv WHERE inv.id = \(item))") {
                try $0.get(0) as Int?
            } ?? nil
        return try lead.map { try today() + $0 }
    }
}

extension QueuePlan {
    fileprivate func promise(_ job: PlanJob) -> QueuePromise {
        var found = QueuePromise(promise: input.promise(job, behind: plan))
        let timed = job.operations.filter { if case .outside = $0.site { false } else { true } }
        guard !timed.isEmpty, timed.allSatisfy({ $0.minutes != nil }) else { return found }
        func minutes(_ ratio: (MinutesRatio) -> Int) -> Int {
            timed.reduce(0) {
                $0 + Decimal.scale($1.minutes ?? 0, $1.isStarted ? MinutesRatio.one : ratio($1.ratio), over: MinutesRatio.one)
            }
        }
        let estimated = minutes { _ in MinutesRatio.one }, likely = minutes(\.likely), safe = minutes(\.safe)
        found.time = Seconds(ms: likely * 60_000)
        if estimated > 0, timed.contains(where: { $0.ratio.isUsed }) {
            found.ratio = Quantity(thousandths: Decimal.scale(likely, 1000, over: estimated))
            found.safeRatio = Quantity(thousandths: Decimal.scale(safe, 1000, over: estimated))
        }
        return found
    }

    /// Why a promise is uncertain, or why there is none.
    fileprivate func doubts(_ found: QueuePromise, _ job: PlanJob) -> [String] {
        let unplaced = found.promise.unplaced.map { "\($0.code.isEmpty ? "it" : $0.code): \($0.fault)" }
        let timed = job.operations.filter { if case .outside = $0.site { false } else { true } }
        let guesses = timed.count { $0.minutes == nil }, fewest = timed.map(\.ratio.runs).min() ?? 0
        return [
            unplaced.isEmpty ? nil : "warning: no day can be promised: \(Shop.listed(unplaced))",
            guesses > 0
                ? "warning: \(counted(guesses, "time")) \(worded(guesses, "is", "are")) guessed, \(input.unknownMinutes) minutes each"
                : nil,
            guesses == 0 && found.promise.runs == nil && unplaced.isEmpty
                ? "the estimate stands: \(counted(fewest, "run")) of such work \(worded(fewest, "is", "are")) measured, \(MinutesRatio.fewest) are needed"
                : nil,
        ].compactMap { $0 }
    }
}
