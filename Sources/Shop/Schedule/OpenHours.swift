import Values

/// The time in which a work centre is open from a moment on, found day by day as far as it is asked for.
///
/// A point of it is a position: the open milliseconds before it. In positions a job is one stretch, however many nights it lasts, and two
/// jobs overlap only if their positions do.
final class OpenHours {
    struct Stretch {
        var from: Int
        var until: Int
        /// The day on which the shift begins.
        var day: Day
        /// The position of its beginning.
        var position: Int
        var end: Int { position + until - from }
    }

    private let week: [[WorkingHours.Stretch]]
    private let days: [Day: DayHours]
    private let holidays: Holidays?
    private let closures: [(from: Int, until: Int)]
    private let zone: Zone
    private let start: Int
    private let last: Day
    private var next: Day
    private(set) var stretches: [Stretch] = []

    /// - Parameters:
    ///   - holidays: days on which no shift begins.
    ///   - last: the last day on which one begins.
    init(_ centre: WorkCentre, holidays: Holidays?, zone: Zone, from start: Moment, through last: Day) {
        (week, days) = (centre.hours.week, centre.days)
        // Plans are in whole minutes.
        let minute = 60_000
        closures = centre.closures.filter { $0.from < $0.until }.sorted { ($0.from, $0.until) < ($1.from, $1.until) }.map { closure in
            (closure.from.ms / minute * minute, (closure.until.ms + minute - 1) / minute * minute)
        }
        (self.holidays, self.zone, self.start) = (holidays, zone, (start.ms + minute - 1) / minute * minute)
        // A night shift may have begun the day before.
        next = zone.day(of: start) - 1
        self.last = centre.isNeverOpen ? next - 1 : last
    }

    /// Whether it is ever open.
    var isEmpty: Bool {
        while stretches.isEmpty, readDay() {}
        return stretches.isEmpty
    }

    /// The position at a moment, or of the next opening if it is closed then.
    func position(at ms: Int) -> Int {
        while stretches.last.map({ $0.until <= ms }) ?? true, readDay() {}
        let index = first { $0.until > ms }
        guard index < stretches.count else { return stretches.last?.end ?? 0 }
        return stretches[index].position + max(0, ms - stretches[index].from)
    }

    /// When what begins at a position begins: at an opening, not at the closing before it. Nil after the last day.
    func beginning(at position: Int) -> Int? {
        index(at: position).map { stretches[$0].from + position - stretches[$0].position }
    }

    /// The day of the shift in which a position is.
    func day(at position: Int) -> Day? { index(at: position).map { stretches[$0].day } }

    /// When what ends at a position ends: at a closing, not at the opening after it. Nil after the last day.
    func ending(at position: Int) -> Int? { beginning(at: position - 1).map { $0 + 1 } }

    /// The stretches of what begins at a position and lasts so many open milliseconds, up to the last day.
    func stretches(from position: Int, lasting length: Int) -> [PlanStretch] {
        var parts: [PlanStretch] = [], at = position
        while at < position + length, let index = index(at: at) {
            let stretch = stretches[index], until = min(position + length, stretch.end)
            let from = stretch.from + at - stretch.position
            parts.append(PlanStretch(from: Moment(ms: from), until: Moment(ms: from + until - at), day: stretch.day))
            at = until
        }
        return parts
    }

    /// The open stretches of the shifts that begin on a day or before it.
    func stretches(through day: Day) -> [Stretch] {
        while next <= day, readDay() {}
        return Array(stretches.prefix { $0.day <= day })
    }

    private func index(at position: Int) -> Int? {
        while stretches.last.map({ $0.end <= position }) ?? true, readDay() {}
        let index = first { $0.end > position }
        return index < stretches.count ? index : nil
    }

    /// The first stretch for which a condition holds that holds for all later ones.
    private func first(where holds: (Stretch) -> Bool) -> Int {
        var low = 0, high = stretches.count
        while low < high {
            let middle = (low + high) / 2
            if holds(stretches[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }

    /// Adds the shifts of the next day; false after the last one.
    private func readDay() -> Bool {
        guard next <= last else { return false }
        for shift in days[next]?.stretches ?? (holidays?.contains(next) == true ? [] : week[next.weekday]) {
            // When clocks are put forward, two shifts can meet at the hour that is skipped. Other hours of a day may begin within a night shift.
            let from = max(start, stretches.last?.until ?? start, zone.moment(on: next, minute: shift.from).ms)
            open(from, zone.moment(on: next, minute: shift.until).ms)
        }
        next = next + 1
        return true
    }

    /// Adds a shift less what is closed of it.
    private func open(_ from: Int, _ until: Int) {
        var from = from
        for closure in closures where closure.until > from && closure.from < until {
            add(from, min(until, closure.from))
            from = max(from, closure.until)
        }
        add(from, until)
    }

    private func add(_ from: Int, _ until: Int) {
        if from < until { stretches.append(Stretch(from: from, until: until, day: next, position: stretches.last?.end ?? 0)) }
    }
}
