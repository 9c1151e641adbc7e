import Values

/// What a plan says to people besides its rows: a line for each kind.
extension QueuePlan {
    package var notes: [String] { lateNotes + placeNotes + cuttingNotes + pinNotes + changeNotes + guessNotes }

    private var lateNotes: [String] {
        let late = plan.late.sorted { ($0.daysLate, $1.code) > ($1.daysLate, $0.code) }
        guard !late.isEmpty else { return [] }
        let each = late.map { "\($0.code) by \(counted($0.daysLate, "day")) (\($0.reason?.description ?? ""))" }
        return ["warning: \(counted(late.count, "project")) \(worded(late.count, "is", "are")) late: \(Shop.listed(each))"]
    }

    /// What has no place, by its reason. What only waits for such an entry is counted.
    private var placeNotes: [String] {
        var codes: [PlanFault: [String]] = [:], order: [PlanFault] = [], waiting = 0
        for unplaced in plan.unplaced {
            if case .waits = unplaced.fault {
                waiting += 1
            } else {
                if codes[unplaced.fault] == nil { order.append(unplaced.fault) }
                codes[unplaced.fault, default: []].append(unplaced.code)
            }
        }
        var notes = order.map { fault in
            let found = codes[fault] ?? [], hint = hint(fault)
            return "warning: no place for \(Shop.listed(found)): \(fault)" + (hint.isEmpty ? "" : "; \(hint)")
        }
        if waiting > 0 { notes.append("\(counted(waiting, "entry", "entries")) \(worded(waiting, "waits", "wait")) for these") }
        return notes
    }

    /// Where it is set what an entry lacks.
    private func hint(_ fault: PlanFault) -> String {
        guard let first = plan.unplaced.first(where: { $0.fault == fault }), let entry = entry(first.id) else { return "" }
        switch fault {
        case .noCentre where entry.machine == nil && entry.operation != nil:
            return "laseros operation edit \(entry.operationCode) --machine CODE"
        case .noCentre where entry.machine == nil: return "laseros machine add CODE NAME"
        case .noCentre: return "laseros queue move \(entry.code) --machine CODE"
        case .material: return "laseros purchase list @open"
        case .outsideUnknown where entry.status == .outside: return "laseros purchase edit CODE --expected DAY"
        case .outsideUnknown: return "laseros supplier article add CODE --operation \(entry.operationCode); the supplier's lead_days count"
        case .closed: return "laseros machine edit CODE --hours HOURS"
        case .waits, .circle, .horizon: return ""
        }
    }

    /// What is to be cut at machines that do not cut.
    private var cuttingNotes: [String] {
        let codes = Dictionary(input.centres.map { ($0.id, $0.code) }) { first, _ in first }
        let wrong = Dictionary(grouping: reading.entries.filter { $0.operation == nil && $0.machine != nil }) { $0.machine ?? 0 }
        return reading.notCutting.sorted { $0.key < $1.key }.compactMap { machine, words in
            guard let entries = wrong[machine] else { return nil }
            return "warning: machine \(codes[machine] ?? "") \(words): \(Shop.listed(entries.map(\.code)))"
        }
    }

    private var pinNotes: [String] {
        guard !plan.pinEffects.isEmpty else { return [] }
        let each = plan.pinEffects.flatMap { effect in
            effect.delays.map { "\($0.job) behind \(effect.code): \($0.ends) instead of \($0.without)" }
        }
        return ["warning: pins make late: \(Shop.listed(each))"]
    }

    /// The projects that are late since the kept plan.
    package var newlyLate: [PlanChange] { kept.map { plan.changes(since: $0.plan).filter(\.isNewlyLate) } ?? [] }

    private var changeNotes: [String] {
        let changes = newlyLate
        guard let kept, !changes.isEmpty else { return [] }
        let each = changes.map { change in
            let was = change.was.map { "\($0)" } ?? "none", ends = change.ends.map { "\($0)" } ?? "no day"
            return "\(change.job) (then \(was), now \(ends))"
        }
        return ["warning: late since the plan of \(kept.day): \(Shop.listed(each))"]
    }

    private var guessNotes: [String] {
        let guesses = plan.slots.filter(\.isGuess)
        guard let first = guesses.first else { return [] }
        return [
            "\(counted(guesses.count, "time")) \(worded(guesses.count, "is", "are")) guessed, \(input.unknownMinutes) minutes each: "
                + "laseros queue edit \(first.code) --time TIME"
        ]
    }
}
