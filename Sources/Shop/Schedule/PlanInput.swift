import Values

/// All that a plan depends on. The order of centres, jobs and operations does not matter.
package struct PlanInput: Sendable {
    /// Nothing begins before it.
    package var now: Moment
    package var zone: Zone
    package var centres: [WorkCentre]
    /// Days on which no shift begins.
    package var holidays: Holidays?
    package var jobs: [PlanJob]
    /// What an operation without minutes is planned with.
    package var unknownMinutes = 60
    /// What is expected on a day is used so many days later: nobody knows at what hour it comes.
    package var receivingDays = 1
    /// What does not begin within so many days is not placed.
    package var horizonDays = 731

    package init(now: Moment, zone: Zone, centres: [WorkCentre], holidays: Holidays? = nil, jobs: [PlanJob]) {
        (self.now, self.zone, self.centres, self.holidays, self.jobs) = (now, zone, centres, holidays, jobs)
    }

    var today: Day { zone.day(of: now) }

    /// The hours of each centre from now on, in the order of `centres`.
    func openHours() -> [OpenHours] {
        centres.map { OpenHours($0, holidays: holidays, zone: zone, from: now, through: today + horizonDays) }
    }
}

/// The open operations of a project.
package struct PlanJob: Sendable {
    package var code: String
    package var priority: Priority
    package var promised: Day?
    package var added: Moment
    package var operations: [PlanOperation]

    package init(code: String, priority: Priority = .normal, promised: Day? = nil, added: Moment, operations: [PlanOperation]) {
        (self.code, self.priority, self.promised, self.added, self.operations) = (code, priority, promised, added, operations)
    }
}

/// An entry of the queue: one operation on parts of a project.
package struct PlanOperation: Sendable {
    /// Where it is done.
    package enum Site: Hashable, Sendable {
        /// On one of these work centres, by their ids.
        case centres([Int])
        /// At a supplier: until a day, for so many calendar days after the operations before it, or the later of both. Both nil: nobody knows.
        case outside(back: Day?, days: Int?)
    }

    package enum MaterialState: Hashable, Sendable { case here, arrives(Day), unknown }

    /// A wish for a day, a centre or both.
    package struct Pin: Hashable, Sendable {
        package var day: Day?
        package var centre: Int?
        package init(day: Day?, centre: Int? = nil) { (self.day, self.centre) = (day, centre) }
    }

    package var id: Int
    package var code: String
    /// It waits for all operations of its project with a smaller step, or for those in `after`.
    package var step: Int
    package var site: Site
    /// The estimate, or what is left of a started operation; nil if nobody has said it.
    package var minutes: Int?
    /// It is on its centre, the first of `site`, and is finished there before anything else.
    package var isStarted = false
    package var material = MaterialState.here
    package var earliest: Day?
    /// Its place by hand.
    package var place: Int?
    package var pin: Pin?
    /// The ids of the operations that it waits for; nil: all of a smaller step.
    package var after: [Int]?
    /// How long such work really takes. What is left of a started operation is taken as it is.
    package var ratio = MinutesRatio.none

    package init(id: Int, code: String, step: Int, site: Site, minutes: Int?) {
        (self.id, self.code, self.step, self.site, self.minutes) = (id, code, step, site, minutes)
    }
}
