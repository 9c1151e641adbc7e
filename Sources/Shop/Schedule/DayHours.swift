import Store
import Values

/// The hours of one day: `07:00-12:00, 13:00-16:00`, or `closed`.
package struct DayHours: Hashable, StoredAsText, Presentable {
    package static let closed = DayHours(WorkingHours.never)
    /// In the hours of a week they are those of its Monday.
    private var hours: WorkingHours
    private init(_ hours: WorkingHours) { self.hours = hours }

    /// The stretches, in their order.
    package var stretches: [WorkingHours.Stretch] { hours.week[0] }
}

extension DayHours: Readable {
    package static let word = "HOURS"
    package static let expected = "hours of a day (07:00-12:00; closed for none)"
    package static let shownType = ShownType.text
    package var shown: DisplayValue { .text(storedText) }
    package var storedText: String { hours.isNever ? "closed" : String(hours.description.dropFirst("Mon ".count)) }

    package init?(reading text: String) {
        let word = text.lowercased().trimmed
        if ["closed", "none", "never"].contains(String(word)) {
            self = .closed
        } else {
            guard !word.contains(where: \.isLetter), let hours = WorkingHours(reading: "Mon \(text)") else { return nil }
            self.init(hours)
        }
    }
}
