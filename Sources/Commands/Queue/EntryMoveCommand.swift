import Console
import Shop
import Values

private let entry = CommonParameters.code(.queue)
private let before = Option<Line>("--before ENTRY", "before this one", from: .codes("queue"))
private let after = Option<Line>("--after ENTRY", "behind this one", from: .codes("queue"))
private let first = Flag("--first", "before all others")
private let byRule = Flag("--by-rule", "by priority, promised day and day of adding again, and on any day")
private let day = Option<Day>("--on DAY", "not before this day")
private let elsewhere = Option<Line>("--machine CODE", "on this machine", from: .codes("machine"))
private let pin = Flag("--pin", "on that day, whatever else is late then")

let moveCommand = writes(
    "queue move", "Change the place, the day or the machine of an entry", [entry, before, after, first, byRule, day, elsewhere, pin],
    permission: .floor,
    relations: [
        .oneOf(["before", "after", "first", "by-rule", "on", "machine"]), .excludes(["before", "after", "first", "by-rule"]),
        .excludes(["by-rule", "on"]), .needs("pin", "on"),
    ],
    about: """
        The queue is in the order of priority, promised day and the moment of adding, except for entries with a place by hand. `--on DAY --pin` is \
        a wish that `laseros queue plan` keeps, and whose lateness for others it tells.
        """,
    examples: ["laseros queue move hinges/10 --first", "laseros queue move letters/20 --on +2d --machine FIBER3 --pin"],
    answer: Noun.queue.headings
) { call, shop in
    let found = try shop.find(.queue, try call[entry].text)
    var place: QueuePlace?
    if let other = call[before] { place = .before(try shop.find(.queue, other.text)) }
    if let other = call[after] { place = .after(try shop.find(.queue, other.text)) }
    if call[first] { place = .first }
    if call[byRule] { place = .byRule }
    let notes = try shop.moveEntry(
        found, to: place, on: call[day], pinned: call[pin], machine: call[elsewhere].map { try shop.find(.machine, $0.text) })
    return try moved(.queue, [found], "moved", [notes], shop)
}
