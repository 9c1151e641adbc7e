import Store
import Values

/// How full a machine is on a day.
package struct LoadRow: Sendable {
    package var machine: String
    package var day: Day
    package var capacity: Seconds
    package var load: Seconds
    /// Of the capacity; nil if it is closed.
    package var percent: Percent?
    package var chart: String

    package static let columns: [Column<LoadRow>] = {
        var chart = Column<LoadRow>("chart", \.chart)
        chart.heading.audience = .people
        return [
            Column("machine", \.machine), Column("day", \.day), Column("capacity_s", sums: true, \.capacity),
            Column("load_s", sums: true, \.load), Column("percent", \.percent), chart,
        ]
    }()
    package static let headings = columns.map(\.heading)
}

extension QueuePlan {
    /// The capacity and the load of each machine and day of a number of days from its beginning.
    /// - Parameters:
    ///   - machine: only of this one.
    ///   - bar: draws a figure as a part of another one.
    package func load(days: Int, on machine: Int? = nil, bar: (Int, Int) -> String) -> [LoadRow] {
        let codes = Dictionary(input.centres.map { ($0.id, $0.code) }) { first, _ in first }
        let last = input.today + (min(days, input.horizonDays) - 1)
        return input.load(of: plan, through: last).filter { $0.day >= input.today && (machine == nil || $0.centre == machine) }.map {
            load in
            LoadRow(
                machine: codes[load.centre] ?? "", day: load.day, capacity: Seconds(ms: load.capacity * 60_000),
                load: Seconds(ms: load.load * 60_000),
                percent: load.capacity > 0 ? Percent(hundredths: Decimal.scale(load.load, 10_000, over: load.capacity)) : nil,
                chart: bar(load.load, load.capacity))
        }
    }
}
