import Store
import Values

/// What is done at a work centre.
package enum MachineKind: String, Choice, Stored, Presentable {
    case laser
    case pressBrake = "press-brake"
    case tapping, welding, coating, other

    /// `is a press-brake and does not cut`; nil for a laser, and for what nobody knows.
    var notCutting: String? {
        switch self {
        case .laser, .other: nil
        case .pressBrake: "is a \(rawValue) and does not cut"
        case .tapping, .welding, .coating: "is for \(rawValue) and does not cut"
        }
    }
}

/// The gases that a machine cuts with.
package struct Gases: StoredAsText, Presentable {
    package static let word = "GAS,..."
    package static let expected = "gases separated by commas: \(Gas.choices.joined(separator: ", "))"
    package static let shownType = ShownType.text
    package let gases: [Gas]
    package var storedText: String { gases.map(\.rawValue).joined(separator: ",") }
    package var shown: DisplayValue { .text(storedText) }

    package init?(reading text: String) {
        var gases: [Gas] = []
        for word in text.split(whereSeparator: { ",; ".contains($0) }) {
            guard let gas = Gas(reading: String(word)) else { return nil }
            if !gases.contains(gas) { gases.append(gas) }
        }
        guard !gases.isEmpty else { return nil }
        self.gases = gases
    }
}

extension Settings {
    package static let hours = Setting(
        "hours", WorkingHours(reading: "Mon-Thu 07:00-16:00, Fri 07:00-14:30")!,
        "the hours of the week in which the shop works, and its machines that name no others")
}

extension Child {
    /// Days on which a machine has other hours than in other weeks.
    static let machineException: Child = {
        var child = Child(
            "exception", "Days on which a machine stands still or has other hours", in: "machine_exception", of: "machine_id",
            [
                Field("from_on", Day.self, "--from DAY", "the first day", required: true).ahead(),
                Field("until_on", Day.self, "--until DAY", "the last day; else the first is the only one").ahead(),
                Field("hours", DayHours.self, "--hours HOURS", "its hours on these days: 07:00-12:00; else it is closed")
                    .absent(as: DayHours.closed),
                Field("reason", Line.self, "--reason TEXT", "why"),
            ], verbs: [.add, .list, .edit, .remove])
        guard let first = child.index(of: "from_on"), let last = child.index(of: "until_on") else { return child }
        child.complete = { _, _, record in record.cells[last] = record.cells[last] ?? record.cells[first] }
        return child
    }()
}

extension Shop {
    /// The machines with their hours from a day on, by their codes: those that are at work, and those with a run that is.
    /// - Parameter last: exceptions after this day are left out.
    func workCentres(from first: Day, through last: Day) throws -> [WorkCentre] {
        let usual = try setting(Settings.hours), zone = try zone()
        var exceptions: [Int: [Day: DayException]] = [:]
        try data.each(
            "SELECT machine_id, from_on, until_on, hours, reason FROM machine_exception WHERE until_on >= \(first) AND from_on <= \(last) ORDER BY position"
        ) { row in
            let from: Day = try row.get(1), until: Day = try row.get(2)
            let exception = DayException(hours: try row.get(3), reason: try row.get(4) ?? "")
            guard max(from, first) <= min(until, last) else { return }
            // Of several exceptions for a day the last counts.
            for day in max(from, first).number...min(until, last).number {
                exceptions[row.int(0), default: [:]][Day(number: day)] = exception
            }
        }
        return try data.all(
            """
            SELECT id, code, name, hours FROM machine
            WHERE active OR id IN (SELECT machine_id FROM run WHERE id IN (SELECT run_id FROM queue WHERE run_id IS NOT NULL)) ORDER BY code
            """
        ) { row in
            var centre = WorkCentre(id: row.int(0), code: row.text(1), name: row.text(2), hours: try row.get(3) ?? usual)
            for (day, exception) in exceptions[centre.id] ?? [:] {
                if let hours = exception.hours {
                    centre.days[day] = hours
                } else {
                    centre.closures.append(Closure(from: day, through: day, in: zone, reason: exception.reason))
                }
            }
            return centre
        }
    }

    private struct DayException {
        /// Nil if it is closed.
        var hours: DayHours?
        var reason: String
    }
}
