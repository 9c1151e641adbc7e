import Values

/// How many archives `backup prune` keeps of each kind, by the rules of `restic forget`. From the newest to the oldest, an archive is kept
/// as the daily one if the one kept as daily before it is of another day, as long as fewer than so many were kept; likewise for the others.
package struct Retention: Equatable, Sendable {
    package enum Period: String, CaseIterable, Sendable { case last, hourly, daily, weekly, monthly, yearly }

    private var counts: [Period: Int]

    /// - Parameter counts: `Int.max` keeps all of that kind.
    package init(_ counts: [Period: Int]) { self.counts = counts.filter { $0.value > 0 } }

    /// Whether it would keep nothing.
    package var isEmpty: Bool { counts.isEmpty }

    /// Why each archive is kept; an empty list for one that goes.
    /// - Parameter moments: when they were made, newest first.
    /// - Parameter zone: the one whose hours, days and weeks, from Monday, count.
    package func reasons(for moments: [Moment], in zone: Zone) -> [[Period]] {
        var left = counts, last: [Period: Int] = [:]
        return moments.enumerated().map { index, moment in
            let local = Moment(ms: moment.ms + zone.offset(at: moment) * 1000)
            return Period.allCases.filter { period in
                guard let count = left[period], count > 0 else { return false }
                let bucket = period == .last ? index : period.bucket(of: local)
                guard last.updateValue(bucket, forKey: period) != bucket else { return false }
                left[period] = count - 1
                return true
            }
        }
    }
}

extension Retention.Period {
    /// A number that two moments share if they are of the same hour, day, week, month or year.
    /// - Parameter local: by the clocks of the zone.
    fileprivate func bucket(of local: Moment) -> Int {
        let day = local.day(offset: 0), (year, month, _) = day.civil
        switch self {
        case .last: return local.ms
        case .hourly: return day.number * 24 + (local.ms - day.number * 86_400_000) / 3_600_000
        case .daily: return day.number
        case .weekly: return day.number - day.weekday
        case .monthly: return year * 12 + month
        case .yearly: return year
        }
    }
}

/// How many archives of a kind are kept.
package struct KeptCount: Readable, Sendable {
    package static let word = "NUMBER"
    package static let expected = "a whole number, or unlimited"
    package static let largest: String? = "\(Count.sound.upperBound)"
    package var value: Int

    package init?(reading text: String) {
        if text.lowercased() == "unlimited" {
            value = .max
            return
        }
        guard let value = Int(reading: text), (0...Count.sound.upperBound).contains(value) else { return nil }
        self.value = value
    }
}
