import Testing
import Values

@testable import Shop

@Suite struct WorkingHoursTests {
    @Test(arguments: [
        ("Mon-Thu 07:00-16:00, Fri 07:00-14:30", "Mon-Thu 07:00-16:00, Fri 07:00-14:30"),
        ("monday-thursday 7-16 fri 7:00-14:30", "Mon-Thu 07:00-16:00, Fri 07:00-14:30"),
        ("Mon-Fri 14:00-22:00 06:00-14:00", "Mon-Fri 06:00-14:00 14:00-22:00"),
        ("Mon-Fri 06:00-14:00, 14:00-22:00", "Mon-Fri 06:00-14:00 14:00-22:00"),
        ("Mon, Wed; Fri 08:00-12:00", "Mon 08:00-12:00, Wed 08:00-12:00, Fri 08:00-12:00"),
        ("Sun-Thu 22:00-06:00", "Mon-Thu 22:00-06:00, Sun 22:00-06:00"), ("Sat-Mon 00:00-24:00", "Mon 00:00-24:00, Sat-Sun 00:00-24:00"),
        ("Mon Mon-Tue 7-8", "Mon-Tue 07:00-08:00"), ("none", "none"), ("Never", "none"),
    ])
    func hoursAreReadAndPrinted(_ typed: String, _ printed: String) throws {
        let hours = try #require(WorkingHours(reading: typed))
        #expect(hours.description == printed)
        #expect(WorkingHours(reading: printed) == hours)
        #expect(WorkingHours(cell: hours.cell) == hours)
    }

    @Test(arguments: [
        ("", "nothing is said"), ("Mon", "'Mon' has no hours"), ("Mon 07:00-16:00, Fri", "'Fri' has no hours"),
        ("07:00-16:00", "'07:00-16:00' stands before any day"), ("Mon-Thz 07:00-16:00", "'Thz' is no day of the week"),
        ("Mo 07:00-16:00", "'Mo' is no day of the week"), ("Mon- 07:00-16:00", "'Mon-' is no day of the week"),
        ("Mon-Tue-Wed 7-8", "'Mon-Tue-Wed' is not one range of days"), ("Mon 07:00", "'07:00' is not a beginning and an end (07:00-16:00)"),
        ("Mon 07:00-24:30", "'24:30' is no time of the day (07:00)"), ("Mon 7:5-8", "'7:5' is no time of the day (07:00)"),
        ("Mon 07:60-08:00", "'07:60' is no time of the day (07:00)"), ("Mon 7-8-9", "'7-8-9' is not a beginning and an end (07:00-16:00)"),
        ("Mon 24:00-06:00", "'24:00-06:00' begins when the day is over: say 00:00"),
        ("Mon 07:00-07:00", "'07:00-07:00' has no length; a whole day is 00:00-24:00"),
        ("Mon-Fri 07:00-16:00, Fri 07:00-14:30", "07:00-16:00 and 07:00-14:30 of Fri overlap"),
        ("Sun 22:00-06:00, Mon 05:00-12:00", "Sun 22:00-06:00 and Mon 05:00-12:00 overlap"),
        ("Mon ૭-૮", "'૭' is no time of the day (07:00)"),
    ])
    func faultsNameTheWord(_ typed: String, _ fault: String) {
        #expect(WorkingHours(reading: typed) == nil)
        #expect(WorkingHours.wanted(for: typed) == WorkingHours.expected + ": " + fault)
    }

    @Test func hoursAreASetting() {
        let setting = AnySetting(Setting("hours", MadeQueue.hours("Mon-Fri 7-16"), "when the shop works"))
        #expect(setting.initialText == "Mon-Fri 07:00-16:00")
        #expect(setting.read("mon 7-9")?.text == "Mon 07:00-09:00")
        #expect(setting.wanted("Mo 7-9") == WorkingHours.expected + ": 'Mo' is no day of the week")
    }

    @Test func minutesOfAWeek() {
        #expect(MadeQueue.hours("Mon-Thu 07:00-16:00, Fri 07:00-14:30").weeklyMinutes == 4 * 540 + 450)
        #expect(MadeQueue.hours("Sun 22:00-06:00").weeklyMinutes == 480)
        #expect(WorkingHours.never.isNever)
    }
}

/// Shifts on the days on which clocks change.
@Suite struct OpenHoursTests {
    private func shifts(_ hours: String, _ zone: String, _ from: String, days: Int, closures: [Closure] = []) throws -> [String] {
        let zone = try Zone(named: zone), day = MadeQueue.day(from)
        let open = OpenHours(
            MadeQueue.centre(1, hours, closures), holidays: nil, zone: zone, from: zone.moment(on: day, minute: 0), through: day + days)
        return open.stretches(through: day + days - 1).map { stretch in
            let ends = [stretch.from, stretch.until].map { Moment(ms: $0).local(offset: zone.offset(at: Moment(ms: $0))).suffix(5) }
            return "\(stretch.day) \(ends[0])-\(ends[1]) \((stretch.until - stretch.from) / 60_000)"
        }
    }

    @Test func nightShiftsOfBerlin() throws {
        let spring = try shifts("Sat 22:00-06:00", "Europe/Berlin", "2026-03-28", days: 2)
        #expect(spring == ["2026-03-28 22:00-06:00 420"])
        let autumn = try shifts("Sat 22:00-06:00", "Europe/Berlin", "2026-10-24", days: 2)
        #expect(autumn == ["2026-10-24 22:00-06:00 540"])
    }

    @Test func nightShiftsOfNewYork() throws {
        let spring = try shifts("Sat-Sun 22:00-06:00", "America/New_York", "2026-03-07", days: 2)
        #expect(spring == ["2026-03-07 22:00-06:00 420", "2026-03-08 22:00-06:00 480"])
        let autumn = try shifts("Sat 22:00-06:00", "America/New_York", "2026-10-31", days: 1)
        #expect(autumn == ["2026-10-31 22:00-06:00 540"])
    }

    /// 02:30 does not exist on 29 March and is there twice on 25 October.
    @Test func shiftsThatEndInTheChange() throws {
        let spring = try shifts("Sun 00:00-02:30 02:30-04:00", "Europe/Berlin", "2026-03-29", days: 1)
        #expect(spring == ["2026-03-29 00:00-03:30 150", "2026-03-29 03:30-04:00 30"])
        let skipped = try shifts("Sun 02:00-03:00 03:00-04:00", "Europe/Berlin", "2026-03-29", days: 1)
        #expect(skipped == ["2026-03-29 03:00-04:00 60"])
        let meeting = try shifts("Sun 01:00-02:30 03:00-04:00", "Europe/Berlin", "2026-03-29", days: 1)
        #expect(meeting == ["2026-03-29 01:00-03:30 90", "2026-03-29 03:30-04:00 30"])
        let autumn = try shifts("Sun 00:00-02:30 02:30-04:00", "Europe/Berlin", "2026-10-25", days: 1)
        #expect(autumn == ["2026-10-25 00:00-02:30 150", "2026-10-25 02:30-04:00 150"])
    }

    @Test func closuresCutShifts() throws {
        let zone = try Zone(named: "Europe/Berlin"), day = MadeQueue.day("2026-12-01")
        let noon = zone.moment(on: day, minute: 720), later = zone.moment(on: day, minute: 780)
        let closures = [
            Closure(from: noon, until: later, reason: "repair"), Closure(from: noon, until: noon, reason: "nothing"),
            Closure(from: day + 1, through: day + 1, in: zone, reason: "training"),
        ]
        let open = try shifts("Mon-Fri 07:00-16:00, Tue 22:00-06:00", "Europe/Berlin", "2026-12-01", days: 3, closures: closures)
        #expect(
            open == [
                "2026-12-01 07:00-12:00 300", "2026-12-01 13:00-16:00 180", "2026-12-01 22:00-00:00 120", "2026-12-03 07:00-16:00 540",
            ])
    }

    @Test func positionsAndMomentsAgree() throws {
        let zone = try Zone(named: "Europe/Berlin"), start = MadeQueue.moment("2026-03-26T10:17:00Z")
        let open = OpenHours(
            MadeQueue.centre(1, "Mon-Fri 06:00-14:00 14:00-22:00, Sat 22:00-06:00"), holidays: Holidays(reading: "2026-03-27"), zone: zone,
            from: start, through: MadeQueue.day("2026-04-02"))
        #expect(open.position(at: start.ms) == 0)
        for position in stride(from: 0, to: 2_000 * 60_000, by: 7 * 60_000) {
            let begin = try #require(open.beginning(at: position))
            #expect(open.position(at: begin) == position)
            if position > 0 { #expect(try #require(open.ending(at: position)) <= begin) }
        }
        let last = open.position(at: MadeQueue.moment("2027-01-01T00:00:00Z").ms)
        #expect(open.beginning(at: last) == nil)
        #expect(open.ending(at: last) != nil)
        #expect(open.ending(at: last + 1) == nil)
    }
}
