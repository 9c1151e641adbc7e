import Console
import Shop
import Store
import Values

private let material = Option<Line>("-m, --material CODE", "only runs of this material", from: .codes("material"))
private let thickness = Option<Length>("-t, --thickness MM", "only runs of this thickness")
private let machine = Option<Line>("--machine CODE", "only runs on this machine", from: .codes("machine"))
private let period = Option<Period>("--period PERIOD", "only runs of this period")
private let accept = Flag("--accept", "change the speed of the presets to what is proposed")

/// It reads, and with `--accept` writes.
let presetLearnCommand: Command = {
    let listing = reads(
        "preset learn", "Compare estimated and real minutes of cutting, and propose speeds",
        [material, thickness, machine, period, accept, Standard.dryRun], permission: .view, relations: [.needs("dry-run", "accept")],
        about: """
            One line for each preset with which something was cut; without a known preset one for each material and thickness. The bias is by how \
            much longer the runs took than estimated, the spread by how much more than that four of five runs stay below. From \
            \(MinutesRatio.fewest) runs on a speed is proposed with which the estimates would have been right: the time of piercing does not change with it, as far as the \
            drawings of the runs tell it. Before, `missing` says how many runs \
            are. Runs over three times as far off as the middle one are left out. What was estimated before the last change of a preset's speed \
            does not count.

            With `--accept` the presets that are listed get the proposed speed; `laseros undo` takes it back, `laseros log PRESET` shows it.
            """,
        examples: ["laseros preset learn", "laseros preset learn --material MS --period 90d --csv"],
        answer: LearnedSpeed.columns.map(\.heading)
    ) { call, shop in
        let learned = try shop.learnedSpeeds(choice(call, shop))
        return .rows(Listing(learned, LearnedSpeed.columns)).noting(notes(learned))
    }
    var command = listing
    command.body = { call, answer in
        guard call[accept] else { return try listing.body(call, answer) }
        try call.session.demand(.resources, for: listing.name)
        let shop = try openShop(call, .writing)
        try store(call, shop, answer) {
            let learned = try shop.learnedSpeeds(choice(call, shop)), changed = try shop.accept(learned)
            let sentence = changed.isEmpty ? "nothing is proposed: no preset changed" : "\(counted(changed.count, .preset)) changed"
            return .done(sentence, all: try shop.show(.preset, changed.map(\.id))).noting(notes(learned))
        }
    }
    return command
}()

private func choice(_ call: Call, _ shop: Shop) throws -> RunChoice {
    var choice = RunChoice()
    choice.material = try call[material].map { try shop.find(.material, $0.text) }
    choice.machine = try call[machine].map { try shop.find(.machine, $0.text) }
    (choice.thickness, choice.period) = (call[thickness], call[period])
    return choice
}

private func notes(_ learned: [LearnedSpeed]) -> [String] {
    let short = learned.filter { $0.missing > 0 }
    guard let first = short.first else { return [] }
    let name = [first.preset?.code ?? first.material, first.thickness.map { "\($0) mm" } ?? ""].joined(separator: " ").trimmed
    let more = short.count > 1 ? " (and \(short.count - 1) more)" : ""
    return ["\(name): \(worded(first.missing, "1 run is", "\(first.missing) runs are")) missing before a speed is proposed\(more)"]
}
