import Values

/// A time in which a work centre stands still: a repair, a holiday of its people.
package struct Closure: Hashable, Sendable {
    package var from: Moment
    package var until: Moment
    package var reason: String

    package init(from: Moment, until: Moment, reason: String) { (self.from, self.until, self.reason) = (from, until, reason) }

    /// Whole days, from midnight to midnight: a night shift that began the day before ends at midnight.
    package init(from: Day, through last: Day, in zone: Zone, reason: String) {
        self.init(from: zone.moment(on: from, minute: 0), until: zone.moment(on: last + 1, minute: 0), reason: reason)
    }
}

/// A machine or a place where one job at a time is worked on.
package struct WorkCentre: Sendable {
    package var id: Int
    package var code: String
    package var name: String
    package var hours: WorkingHours
    package var closures: [Closure]
    /// The hours of days that are not as in other weeks, public holidays among them: overtime on a Saturday, say.
    package var days: [Day: DayHours] = [:]

    package init(id: Int, code: String, name: String = "", hours: WorkingHours, closures: [Closure] = []) {
        (self.id, self.code, self.name, self.hours, self.closures) = (id, code, name, hours, closures)
    }

    /// Whether it is open on no day.
    var isNeverOpen: Bool { hours.isNever && days.values.allSatisfy(\.stretches.isEmpty) }
}
