import Testing
import Values

@testable import Shop

/// Work centres: which machine is priced for, and on which hours plans are laid.
@Suite struct WorkCentreTests {
    private static let monday = MadeQueue.day("2026-11-30")

    private static func centre(_ hours: String = "Mon-Fri 07:00-16:00") throws -> WorkCentre {
        WorkCentre(id: 1, code: "M", hours: try #require(WorkingHours(reading: hours)))
    }

    private static func open(_ centre: WorkCentre, holidays: String = "", through last: String) -> [String] {
        let hours = OpenHours(
            centre, holidays: Holidays(reading: holidays), zone: .utc, from: MadeQueue.moment("2026-11-30T00:00:00Z"), through: monday + 60)
        return hours.stretches(through: MadeQueue.day(last)).map { "\($0.day) \(($0.until - $0.from) / 3_600_000)" }
    }

    @Test func aDayCanHaveOtherHours() throws {
        var centre = try Self.centre()
        centre.days = [MadeQueue.day("2026-12-05"): try #require(DayHours(reading: "07:00-12:00")), MadeQueue.day("2026-12-02"): .closed]
        // The exception counts on a holiday, too.
        centre.days[MadeQueue.day("2026-12-04")] = try #require(DayHours(reading: "8-9, 10-12"))
        #expect(
            Self.open(centre, holidays: "2026-12-03,2026-12-04", through: "2026-12-06") == [
                "2026-11-30 9", "2026-12-01 9", "2026-12-04 1", "2026-12-04 2", "2026-12-05 5",
            ])
    }

    /// What works only on named days is open on them.
    @Test func aCentreThatIsElseNeverOpen() throws {
        var centre = try Self.centre("none")
        #expect(Self.open(centre, through: "2026-12-20").isEmpty && centre.isNeverOpen)
        centre.days = [MadeQueue.day("2026-12-05"): try #require(DayHours(reading: "07:00-12:00"))]
        #expect(Self.open(centre, through: "2026-12-20") == ["2026-12-05 5"])
        centre.days = [MadeQueue.day("2026-12-05"): .closed]
        #expect(centre.isNeverOpen)
    }

    @Test func hoursOfADayThatBeginInANightShift() throws {
        var centre = try Self.centre("Mon-Fri 22:00-06:00")
        centre.days = [MadeQueue.day("2026-12-02"): try #require(DayHours(reading: "05:00-08:00"))]
        #expect(Self.open(centre, through: "2026-12-03") == ["2026-11-30 8", "2026-12-01 8", "2026-12-02 2", "2026-12-03 8"])
    }

    @Test(
        arguments: [
            ("07:00-12:00", "07:00-12:00"), ("7-12;13-16", "07:00-12:00 13:00-16:00"), ("closed", "closed"), (" None ", "closed"),
            ("Mon 7-12", nil),
            ("", nil), ("12:00-12:00", nil), ("7-12, 11-13", nil), ("22:00-02:00", "22:00-02:00"),
        ] as [(String, String?)])
    func hoursOfADay(_ text: String, _ stored: String?) {
        #expect(DayHours(reading: text)?.storedText == stored)
        if let stored { #expect(DayHours(reading: stored)?.storedText == stored) }
    }

    @Test(
        arguments: [("nitrogen,oxygen", "nitrogen,oxygen"), ("Air; air", "air"), ("helium", nil), (",", nil), ("air helium", nil)]
            as [(String, String?)])
    func gases(_ text: String, _ stored: String?) { #expect(Gases(reading: text)?.storedText == stored) }

    /// A press brake is neither the machine that is priced for, nor one of several.
    @Test func onlyLasersArePricedFor() throws {
        let workshop = try Workshop()
        try workshop.demand("laseros material import materials.csv")
        try workshop.demand("laseros machine add BRAKE1 Brake --kind press-brake --rate 500")
        func machine() throws -> String {
            do { return try workshop.opened(.reading).quotingMachine().code } catch let failure as Failure { return failure.message }
        }
        #expect(try machine() == "there is no machine to price for")
        try workshop.demand("laseros machine add LASER1 Laser --rate 850")
        #expect(try machine() == "LASER1")
        #expect(try workshop.opened(.reading).presetMachine()?.code == "LASER1")
        try workshop.demand("laseros machine add LASER2 Laser --rate 900")
        #expect(try machine() == "there are 2 machines to price for")
        // A shop may charge a press brake if it says so.
        try workshop.demand("laseros config set price_machine BRAKE1")
        #expect(try machine() == "BRAKE1")
    }

    /// Of several exceptions for a day the last counts; what is over is left out.
    @Test func exceptionsOfAMachine() throws {
        let workshop = try Workshop()
        for line in [
            "machine add LASER1 Laser", "machine add OLD Laser --active no",
            "machine add BRAKE1 Brake --kind press-brake --hours 'Mon 06:00-07:00'",
            "machine exception add LASER1 --from 2026-08-24 --until 2026-08-28 --reason repair",
            "machine exception add LASER1 --from 2026-08-26 --hours 08:00-09:00",
            "machine exception add LASER1 --from 2026-08-01 --hours 08:00-09:00",
        ] { try workshop.demand("laseros \(line)") }
        let shop = try workshop.opened(.reading), first = MadeQueue.day("2026-08-24")
        let centres = try shop.workCentres(from: first, through: first + 30)
        #expect(centres.map(\.code) == ["BRAKE1", "LASER1"])
        #expect(centres.map(\.hours.description) == ["Mon 06:00-07:00", "Mon-Thu 07:00-16:00, Fri 07:00-14:30"])
        #expect(centres[1].days.mapValues(\.storedText) == [first + 2: "08:00-09:00"])
        #expect(
            centres[1].closures.map { try? shop.zone().day(of: $0.from) }.compactMap { $0 }.sorted() == [
                first, first + 1, first + 3, first + 4,
            ])
    }

    @Test func machinesComeBackFromAnExport() throws {
        let workshop = try Workshop(), other = try Workshop()
        for line in [
            "machine add BRAKE1 Brake --kind press-brake --hours 'Mon-Fri 06:00-14:00'", "machine add LASER1 Laser --gases air,nitrogen",
            "machine exception add LASER1 --from 2026-12-24 --until 2027-01-02 --reason repair",
            "machine exception add LASER1 --from 2026-12-05 --hours 07:00-12:00",
        ] { try workshop.demand("laseros \(line)") }
        for format in ["json", "csv"] {
            let file = try workshop.demand("laseros machine export --\(format)")
            let answer = try other.run(["machine", "import", "-"], input: Array(file.utf8))
            #expect(answer.code == 0, "\(answer.said)")
            #expect(try other.demand("laseros machine export --\(format)") == file)
        }
    }
}
