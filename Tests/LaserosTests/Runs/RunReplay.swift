import Testing
import Values

@testable import Commands
@testable import Shop
@testable import Store

/// What the rules say, in plain Swift.
struct RunReplay {
    struct Part {
        var id: Int
        var entry: RecordID
        var project: Int
        var level: Int
        var number: Int
        var quantity: Int
    }

    struct Run {
        struct Row {
            var part: Int
            var good: Int
            var scrapped: Int
        }

        var thing: RecordID
        var rows: [Row]
        /// In thousandths, by item.
        var used: [String: Int] = [:]
        /// Whether each remnant that it put back is there.
        var remnants: [String: Bool] = [:]
        var isRemoved = false
    }

    struct State {
        private(set) var runs: [Run] = []
        /// By part, of the runs that count.
        private(set) var good: [Int: Int] = [:], scrapped: [Int: Int] = [:]

        mutating func append(_ run: Run) {
            runs.append(run)
            count(run, 1)
        }

        mutating func change(_ i: Int, _ body: (inout Run) -> Void) {
            count(runs[i], -1)
            body(&runs[i])
            count(runs[i], 1)
        }

        private mutating func count(_ run: Run, _ times: Int) {
            for row in run.rows where !run.isRemoved {
                good[row.part, default: 0] += times * row.good
                scrapped[row.part, default: 0] += times * row.scrapped
            }
        }
    }

    let parts: [Part]
    private let before: [Int: Part], later: [Int: [Part]], ofProject: [Int: [Part]]
    var random: Seeded
    var state = State()
    var past: [State] = [], future: [State] = []
    var done: [String: Int] = [:], refused = 0, undone = 0, redone = 0

    init(_ parts: [Part], _ seed: UInt64) {
        (self.parts, random) = (parts, Seeded(seed))
        ofProject = Dictionary(grouping: parts) { $0.project }
        var before: [Int: Part] = [:], later: [Int: [Part]] = [:]
        for part in parts {
            for other in parts where other.project == part.project && other.number == part.number {
                if other.level == part.level - 1 { before[part.id] = other }
                if other.level > part.level { later[part.id, default: []].append(other) }
            }
        }
        (self.before, self.later) = (before, later)
    }

    private func good(_ part: Part, _ state: State) -> Int { state.good[part.id] ?? 0 }

    private func left(_ part: Part, _ state: State) -> Int {
        max(0, part.quantity + (later[part.id] ?? []).reduce(0) { $0 + (state.scrapped[$1.id] ?? 0) } - good(part, state))
    }

    private func available(_ part: Part, _ state: State) -> Int {
        before[part.id].map { good($0, state) - good(part, state) - (state.scrapped[part.id] ?? 0) } ?? left(part, state)
    }

    /// Whether no piece was used that is not there.
    private func isSound(_ state: State, project: Int) -> Bool {
        (ofProject[project] ?? []).allSatisfy { good($0, state) >= 0 && available($0, state) >= 0 }
    }

    private func parts(of entry: Int) -> [Part] { parts.filter { $0.entry.id == entry } }

    /// Random steps as one change; those that are refused are left out.
    mutating func change(_ shop: Shop) throws {
        let before = state
        var now = self
        let change = try shop.change(ChangeRequest(words: ["test"])) {
            for _ in 0..<12 { try now.step(shop) }
            return ChangeStep((), "worked")
        }
        self = now
        guard change.entry != nil else { return }
        past.append(before)
        future = []
    }

    /// Undoes the last change, or redoes the last undo.
    mutating func takeBack(_ shop: Shop, _ kind: Entry.Kind) throws {
        let isUndo = kind == .change
        _ = try shop.change(ChangeRequest(words: ["test"])) {
            let entry = try shop.standing(kind, nil)
            try shop.takeBack(entry)
            return ChangeStep((), "taken back", kind: isUndo ? .undo : .redo, undoes: entry)
        }
        if isUndo {
            future.append(state)
            state = past.removeLast()
            undone += 1
        } else {
            past.append(state)
            state = future.removeLast()
            redone += 1
        }
    }

    private mutating func step(_ shop: Shop) throws {
        try shop.data.run("SAVEPOINT step")
        var next: (state: State, name: String, isAllowed: Bool)?, isDone = true
        do {
            switch Int.random(in: 0..<12, using: &random) {
            case 0...5: next = try finish(shop)
            case 6: next = try scrap(shop)
            case 7, 8: next = try correctPieces(shop)
            case 9: next = try correctMaterial(shop)
            case 10: next = try remove(shop)
            default: next = try scrapRemnant(shop)
            }
        } catch let refusal as Refusal {
            isDone = false
            next = refusal.expected
            try shop.data.run("ROLLBACK TO step")
        }
        try shop.data.run("RELEASE step")
        guard let next else { return }
        #expect(next.isAllowed == isDone, "\(next.name) after \(state.runs.count) runs")
        guard isDone else { return refused += 1 }
        state = next.state
        done[next.name, default: 0] += 1
    }

    private typealias Next = (state: State, name: String, isAllowed: Bool)

    /// The program refused a step.
    private struct Refusal: Error { var expected: (state: State, name: String, isAllowed: Bool) }

    private func tried(_ next: Next, _ body: () throws -> Void) throws -> Next {
        do { try body() } catch let failure as Failure where failure.kind == .refused { throw Refusal(expected: next) }
        return next
    }

    private mutating func usage() -> [ItemCount] {
        ["S3", "S5"].compactMap { code in
            let millis = Int.random(in: -2000...3000, using: &random)
            return millis > 0 ? ItemCount(code, Quantity(thousandths: millis)) : nil
        }
    }

    private func millis(_ used: [ItemCount]) -> [String: Int] {
        Dictionary(uniqueKeysWithValues: used.map { ($0.code, $0.quantity?.thousandths ?? 0) })
    }

    private mutating func finish(_ shop: Shop) throws -> Next? {
        let entries = Dictionary(grouping: parts) { $0.entry.id }.values.filter { $0.contains { left($0, state) > 0 } }
        guard let own = entries.sorted(by: { $0[0].id < $1[0].id }).randomElement(using: &random) else { return nil }
        var request = FinishRequest(), rows: [Run.Row] = []
        for part in own {
            // Of the first operation more may be made than was ordered.
            let most = part.level == 1 ? 9 : min(9, available(part, state))
            let good = Int.random(in: 0...max(0, most), using: &random)
            let scrapped = Int.random(in: 0...3, using: &random) == 0 ? Int.random(in: 0...max(0, most - good), using: &random) : 0
            rows.append(Run.Row(part: part.id, good: good, scrapped: scrapped))
            request.good.append(PieceCount(part: part.number, count: good))
            request.scrapped.append(PieceCount(part: part.number, count: scrapped))
        }
        guard rows.contains(where: { $0.good + $0.scrapped > 0 }) else { return nil }
        request.reason = "burnt"
        request.used = usage()
        if Bool.random(using: &random) { request.time = Seconds(ms: Int.random(in: 1...9_999_999, using: &random)) }
        if own[0].level == 1, Int.random(in: 0..<4, using: &random) < 2 { request.remnants = [Size(reading: "400x300")!] }
        var next = state
        let run = Run(thing: RecordID(id: 0, code: ""), rows: rows, used: millis(request.used ?? []))
        next.append(run)
        let last = next.runs.count - 1
        _ = try tried((next, "finish", true)) {
            let made = try shop.finishQueue(own[0].entry, request)
            next.change(last) { $0.thing = made.run }
            try shop.data.each("SELECT lot.code FROM movement JOIN lot ON lot.id = lot_id WHERE run_id = \(made.run.id)") {
                row in next.change(last) { $0.remnants[row.text(0)] = true }
            }
            #expect(next.runs[last].remnants.count == request.remnants.count)
        }
        return (next, "finish", true)
    }

    private mutating func scrap(_ shop: Shop) throws -> Next? {
        let part = parts.randomElement(using: &random)!, count = Int.random(in: 1...4, using: &random)
        // Nothing is at work: what is counted and not used yet is spoiled first.
        let following = parts.filter { $0.project == part.project && $0.number == part.number && $0.level > part.level }.min {
            $0.level < $1.level
        }
        let unused = following.map { available($0, state) } ?? good(part, state)
        let inWork = min(max(0, count - max(0, unused)), max(0, min(available(part, state), left(part, state))))
        var next = state
        next.append(Run(thing: RecordID(id: 0, code: ""), rows: [Run.Row(part: part.id, good: inWork - count, scrapped: count)]))
        let last = next.runs.count - 1, isAllowed = isSound(next, project: part.project)
        _ = try tried((next, "scrap", isAllowed)) {
            let made = try shop.scrap(part.entry, [PieceCount(part: part.number, count: count)], because: "dropped").run
            next.change(last) { $0.thing = made }
        }
        return (next, "scrap", isAllowed)
    }

    private mutating func anyRun() -> Int? { state.runs.indices.filter { !state.runs[$0].isRemoved }.randomElement(using: &random) }

    private func project(of run: Run) -> Int { parts.first { $0.id == run.rows[0].part }!.project }

    private mutating func correctPieces(_ shop: Shop) throws -> Next? {
        guard let i = anyRun(), let j = state.runs[i].rows.indices.randomElement(using: &random) else { return nil }
        let row = state.runs[i].rows[j], number = parts.first { $0.id == row.part }!.number
        var correction = RunCorrection(), next = state
        let scrapped = max(0, row.scrapped + Int.random(in: -2...2, using: &random))
        (correction.scrapped, correction.reason) = ([PieceCount(part: number, count: scrapped)], scrapped > 0 ? "bent" : nil)
        next.change(i) { $0.rows[j].scrapped = scrapped }
        if row.good < 0 {
            next.change(i) { $0.rows[j].good = min(0, row.scrapped + row.good - scrapped) }
        } else {
            let good = max(0, row.good + Int.random(in: -3...3, using: &random))
            correction.good = [PieceCount(part: number, count: good)]
            next.change(i) { $0.rows[j].good = good }
        }
        return try tried((next, "pieces", isSound(next, project: project(of: next.runs[i])))) {
            _ = try shop.correct(state.runs[i].thing, Record(.run), correction)
        }
    }

    private mutating func correctMaterial(_ shop: Shop) throws -> Next? {
        guard let i = anyRun() else { return nil }
        var correction = RunCorrection(), next = state
        correction.used = usage()
        let used = millis(correction.used ?? [])
        next.change(i) { $0.used = used }
        return try tried((next, "material", true)) { _ = try shop.correct(state.runs[i].thing, Record(.run), correction) }
    }

    private mutating func remove(_ shop: Shop) throws -> Next? {
        guard let i = anyRun() else { return nil }
        var next = state
        next.change(i) { $0.isRemoved = true }
        let isAllowed = isSound(next, project: project(of: next.runs[i])) && next.runs[i].remnants.values.allSatisfy { $0 }
        return try tried((next, "remove", isAllowed)) { _ = try shop.removeRun(state.runs[i].thing, because: "twice") }
    }

    private mutating func scrapRemnant(_ shop: Shop) throws -> Next? {
        let there = state.runs.indices.flatMap { i in
            state.runs[i].isRemoved ? [] : state.runs[i].remnants.filter(\.value).map { (run: i, code: $0.key) }
        }.sorted { $0.code < $1.code }
        guard let one = there.randomElement(using: &random) else { return nil }
        var next = state
        next.change(one.run) { $0.remnants[one.code] = false }
        return try tried((next, "remnant", true)) { _ = try shop.scrapRemnant(shop.remnant(one.code), because: "rust", on: nil) }
    }

    /// The shop has the runs, pieces, states and stock of the replay.
    func demandSame(_ shop: Shop) throws {
        let counting = state.runs.filter { !$0.isRemoved }
        let codes = try shop.data.all("SELECT code FROM run WHERE removed_on IS NULL ORDER BY code") { $0.text(0) }
        #expect(codes == counting.map(\.thing.code).sorted())
        var figures: [Int: [Int?]] = [:]
        try shop.data.each("SELECT id, \(QueueFigures.good), \(QueueFigures.partScrapped), \(QueueFigures.partLeft) FROM queue_part") {
            row in
            figures[row.int(0)] = [row.int(1), row.int(2), row.int(3)]
        }
        for part in parts {
            #expect(
                figures[part.id] == [good(part, state), (state.scrapped[part.id] ?? 0), left(part, state)],
                "part \(part.number) of \(part.entry.code)")
        }
        var open: Set<Int> = []
        try shop.data.each("SELECT queue.id, queue.status, project.id, project.status FROM queue JOIN project ON project.id = project_id") {
            row in
            let isOpen = parts(of: row.int(0)).contains { left($0, state) > 0 }
            #expect(row.text(1) == (isOpen ? "queued" : "done"), "entry \(row.int(0))")
            if isOpen { open.insert(row.int(2)) }
        }
        try shop.data.each("SELECT id, status FROM project") { row in
            #expect((row.text(1) == "completed") == !open.contains(row.int(0)), "project \(row.int(0)) is \(row.text(1))")
        }
        for code in ["S3", "S5"] {
            let used = counting.reduce(0) { $0 + ($1.used[code] ?? 0) }
            let moved = try shop.data.one("SELECT sum(quantity_millis) FROM movement JOIN inv ON inv.id = inv_id WHERE inv.code = \(code)")
            { $0.int(0) }
            let onHand = try shop.data.one("SELECT on_hand_millis FROM aux_inv JOIN inv ON inv.id = inv_id WHERE inv.code = \(code)") {
                $0.int(0)
            }
            #expect(onHand == 5_000_000 - used && moved == onHand, "\(code)")
        }
        let there = try shop.data.all("SELECT lot.code FROM lot JOIN aux_lot ON lot_id = lot.id WHERE on_hand_millis > 0 ORDER BY lot.code")
        { $0.text(0) }
        #expect(there == counting.flatMap { $0.remnants.filter(\.value).map(\.key) }.sorted())
        let unshared = try shop.data.all(
            """
            SELECT run.code FROM run JOIN run_row ON run_id = run.id GROUP BY run.id
            HAVING sum(run_row.duration_ms) IS NOT run.duration_ms
            """
        ) { $0.text(0) }
        #expect(unshared == [])
    }
}
