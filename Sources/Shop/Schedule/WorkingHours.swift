import Store
import Values

/// The hours in which somebody works, for each day of the week: `Mon-Thu 07:00-16:00, Fri 07:00-14:30`, or `none` for never. A stretch past
/// midnight (`22:00-06:00`) belongs to the day on which it begins.
package struct WorkingHours: Hashable, StoredAsText, Presentable {
    /// A stretch of a day, in minutes since its midnight; past midnight the end is over 1440.
    package struct Stretch: Hashable, Sendable {
        package var from: Int
        package var until: Int
    }

    /// The stretches of each day, from Monday, in their order. They do not overlap.
    package private(set) var week = [[Stretch]](repeating: [], count: 7)

    package static let never = WorkingHours()
    private init() {}

    package var isNever: Bool { week.allSatisfy(\.isEmpty) }
    package var weeklyMinutes: Int { week.joined().reduce(0) { $0 + $1.until - $1.from } }

    static let minutesOfDay = 1440
    private static let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
}

extension WorkingHours: Readable {
    package static let word = "HOURS"
    package static let expected = "hours of the week (Mon-Thu 07:00-16:00, Fri 07:00-14:30; none for never)"
    package static let shownType = ShownType.text
    package var shown: DisplayValue { .text(description) }
    package var storedText: String { description }

    package init?(reading text: String) {
        guard case .success(let hours) = WorkingHours.read(text) else { return nil }
        self = hours
    }

    package static func wanted(for text: String) -> String {
        guard case .failure(let fault) = read(text) else { return expected }
        return "\(expected): \(fault.text)"
    }

    /// Why a text is not hours: names the word that is wrong.
    private struct Fault: Error { var text: String }

    /// Days and stretches may be separated by blanks, commas or semicolons: stretches belong to the days before them.
    private static func read(_ text: String) -> Result<WorkingHours, Fault> {
        let words = text.split { " ,;\t\n".contains($0) }
        if words.count == 1, ["none", "never"].contains(words[0].lowercased()) { return .success(never) }
        var hours = WorkingHours(), days: [Int] = [], isAfterTime = false, last = Substring()
        do throws(Fault) {
            for word in words {
                if word.first?.isNumber == true {
                    if days.isEmpty { throw Fault(text: "'\(word)' stands before any day") }
                    let stretch = try stretch(word)
                    for day in days { hours.week[day].append(stretch) }
                    isAfterTime = true
                } else {
                    let more = try WorkingHours.days(word)
                    days = (isAfterTime ? [] : days) + more.filter { isAfterTime || !days.contains($0) }
                    (isAfterTime, last) = (false, word)
                }
            }
            if words.isEmpty { throw Fault(text: "nothing is said") }
            if !isAfterTime { throw Fault(text: "'\(last)' has no hours") }
            try hours.sort()
        } catch {
            return .failure(error)
        }
        return .success(hours)
    }

    /// The days of `Fri` or `Mon-Thu`; `Sat-Mon` goes over the end of the week.
    private static func days(_ word: Substring) throws(Fault) -> [Int] {
        let ends = word.split(separator: "-", omittingEmptySubsequences: false)
        var numbers: [Int] = []
        for end in ends {
            guard let day = Day.weekday(called: end) else { throw Fault(text: "'\(end.isEmpty ? word : end)' is no day of the week") }
            numbers.append(day)
        }
        guard numbers.count <= 2 else { throw Fault(text: "'\(word)' is not one range of days") }
        let first = numbers[0], count = (numbers[numbers.count - 1] - first + 7) % 7
        return (0...count).map { (first + $0) % 7 }
    }

    private static func stretch(_ word: Substring) throws(Fault) -> Stretch {
        let ends = word.split(separator: "-", omittingEmptySubsequences: false)
        guard ends.count == 2 else { throw Fault(text: "'\(word)' is not a beginning and an end (07:00-16:00)") }
        let from = try minute(ends[0]), until = try minute(ends[1])
        if from == minutesOfDay { throw Fault(text: "'\(word)' begins when the day is over: say 00:00") }
        if from == until { throw Fault(text: "'\(word)' has no length; a whole day is 00:00-24:00") }
        return Stretch(from: from, until: until > from ? until : until + minutesOfDay)
    }

    /// The minute of `7`, `07:00` or `24:00`.
    private static func minute(_ word: Substring) throws(Fault) -> Int {
        let parts = word.split(separator: ":", omittingEmptySubsequences: false)
        let numbers = parts.map { part in part.utf8.allSatisfy { (48...57).contains($0) } && part.utf8.count <= 2 ? Int(part) : nil }
        guard parts.count <= 2, let hour = numbers[0], let minute = parts.count == 2 ? numbers[1] : 0, minute < 60,
            parts.count == 1 || parts[1].utf8.count == 2, hour * 60 + minute <= minutesOfDay
        else { throw Fault(text: "'\(word)' is no time of the day (07:00)") }
        return hour * 60 + minute
    }

    /// Puts the stretches of each day in order; a stretch must end before the next begins, even on the next day.
    private mutating func sort() throws(Fault) {
        for day in week.indices { week[day].sort { $0.from < $1.from } }
        for day in week.indices {
            for (a, b) in zip(week[day], week[day].dropFirst()) where b.from < a.until {
                throw Fault(text: "\(WorkingHours.text(a)) and \(WorkingHours.text(b)) of \(WorkingHours.days[day]) overlap")
            }
            let next = (day + 1) % 7
            if let late = week[day].last, let early = week[next].first, early.from < late.until - WorkingHours.minutesOfDay {
                let ends = [(day, late), (next, early)].map { "\(WorkingHours.days[$0]) \(WorkingHours.text($1))" }
                throw Fault(text: "\(ends[0]) and \(ends[1]) overlap")
            }
        }
    }
}

extension WorkingHours: CustomStringConvertible {
    /// The days with equal hours that follow each other are joined: `Mon-Thu 07:00-16:00, Fri 07:00-14:30`.
    package var description: String {
        var groups: [(first: Int, last: Int)] = []
        for day in week.indices where !week[day].isEmpty {
            if let last = groups.last, last.last == day - 1, week[last.first] == week[day] {
                groups[groups.count - 1].last = day
            } else {
                groups.append((day, day))
            }
        }
        let names = WorkingHours.days
        return groups.isEmpty
            ? "none"
            : groups.map { first, last in
                let days = first == last ? names[first] : "\(names[first])-\(names[last])"
                return ([days] + week[first].map(WorkingHours.text)).joined(separator: " ")
            }.joined(separator: ", ")
    }

    private static func text(_ stretch: Stretch) -> String {
        let end = stretch.until > minutesOfDay ? stretch.until - minutesOfDay : stretch.until
        return "\(time(stretch.from))-\(time(end))"
    }

    private static func time(_ minute: Int) -> String {
        "\(minute / 60)".padded(to: 2, with: "0") + ":" + "\(minute % 60)".padded(to: 2, with: "0")
    }
}
