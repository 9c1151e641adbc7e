import Values

/// What a plan said when it was kept.
package struct KeptPlan: Sendable {
    package struct Entry: Hashable, Sendable {
        /// Nil if it had no place.
        package var ends: Day?
        /// What was promised then.
        package var promised: Day?
        package init(ends: Day?, promised: Day? = nil) { (self.ends, self.promised) = (ends, promised) }
    }

    /// By the codes of entries.
    package var entries: [String: Entry]
    package init(_ entries: [String: Entry]) { self.entries = entries }
}

/// A job that ends on another day than a kept plan said.
package struct PlanChange: Hashable, Sendable {
    package var job: String
    /// Nil for a job that the kept plan does not have, or without a place.
    package var was: Day?
    /// Nil for a job that cannot be placed now.
    package var ends: Day?
    package var promised: Day?
    /// Whether it was in time and is not now, or cannot be placed.
    package var isNewlyLate: Bool
}

extension Plan {
    /// The jobs that end on another day than in a kept plan, in the order of the plan. A job that is late and not in the kept plan is newly
    /// late too.
    package func changes(since kept: KeptPlan) -> [PlanChange] {
        var before: [String: KeptPlan.Entry] = [:]
        for (job, code) in slots.map({ ($0.job, $0.code) }) + unplaced.map({ ($0.job, $0.code) }) {
            guard let entry = kept.entries[code] else { continue }
            let others = before[job, default: entry].ends
            before[job] = KeptPlan.Entry(ends: entry.ends.flatMap { end in others.map { max(end, $0) } }, promised: entry.promised)
        }
        return jobs.compactMap { job in
            let was = before[job.code]
            // A promise that was not kept with the plan is the present one.
            let promise = was.flatMap { $0.promised ?? job.promised }
            let wasLate = promise.map { promise in was?.ends.map { $0 > promise } ?? true } ?? false
            let isLate = job.promised != nil && (job.ends == nil || job.daysLate > 0)
            if was?.ends == job.ends, wasLate == isLate { return nil }
            return PlanChange(job: job.code, was: was?.ends, ends: job.ends, promised: job.promised, isNewlyLate: isLate && !wasLate)
        }
    }
}
