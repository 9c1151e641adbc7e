import Store
import Values

/// What became of a line from a scanner.
package struct ScannedLine: Sendable {
    package enum Action: String, Choice, Presentable {
        /// An operator's card.
        case `operator`
        case started, resumed, finished
        /// The scanner read the same code twice.
        case `repeat`
        case failed
    }

    package var code: String
    package var action: Action
    package var run: String?
    package var sentence: String
    package var notes: [String] = []
    /// Who it is, if it is an operator's card.
    package var person: RecordID?

    package init(_ code: String, _ action: Action, run: String? = nil, _ sentence: String, notes: [String] = [], person: RecordID? = nil) {
        (self.code, self.action, self.run, self.sentence) = (code, action, run, sentence)
        (self.notes, self.person) = (notes, person)
    }

    package static let columns: [Column<ScannedLine>] = [
        Column("code") { $0.code }, Column("action") { $0.action }, Column("run") { $0.run }, Column("message") { $0.sentence },
        Column("notes") { $0.notes.isEmpty ? nil : $0.notes.joined(separator: "; ") },
    ]
}

/// What a scanner at a machine knows from one line to the next.
package struct Scanner: Sendable {
    package var machine: RecordID?
    package var `operator`: RecordID?
    /// Within this time the same code counts once: scanners stutter, and a run that is started and finished at once has lost its time.
    package var stutter: Seconds
    private var last: (line: String, at: Moment)?

    package init(machine: RecordID?, operator person: RecordID?, stutter: Seconds) {
        (self.machine, `operator`, self.stutter) = (machine, person, stutter)
    }

    /// Whether a line is the last one again, at once.
    func isRepeated(_ line: String, at moment: Moment) -> Bool {
        guard let last, last.line == line else { return false }
        return isAtOnce(last.at, moment)
    }

    func isAtOnce(_ before: Moment, _ now: Moment) -> Bool { (0..<stutter.ms).contains(now.ms - before.ms) }

    /// Keeps what a line said, once it is stored.
    package mutating func took(_ line: String, _ answer: ScannedLine, at moment: Moment) {
        if let person = answer.person { `operator` = person }
        if answer.action != .repeat { last = (line, moment) }
    }
}

extension Shop {
    /// Does what a line from a scanner says: an operator's card names who works, a job card starts the entry, continues it after a pause, or
    /// finishes it. `CODE QTY` finishes it with so many good.
    package func scan(_ line: String, at scanner: Scanner) throws -> ScannedLine {
        let words = line.split { $0 == " " || $0 == "\t" }.map(String.init), code = words.first ?? ""
        if scanner.isRepeated(line, at: clock) { return repeated(code, scanner) }
        let counts = try words.dropFirst().map { word in
            guard let count = PieceCount(reading: word) else {
                throw Failure(.usage, .queue, "'\(word)' behind the code is not \(PieceCount.expected)")
            }
            return count
        }
        if let person = try scannedOperator(code) {
            guard counts.isEmpty else { throw Failure(.usage, .queue, "an operator's card has no quantity: \(line)") }
            return person
        }
        let entry = try scannedEntry(code)
        guard let work = try workedEntries([entry]).first else { throw Failure(.notFound, .queue, "there is no entry '\(code)'") }
        guard counts.isEmpty else { return try finishScanned(work, counts, scanner) }
        guard work.status == .running else { return try startScanned(work, scanner) }
        // Two scanners may have read the same card.
        if let start = try scannedRun(work)?.startedAt, scanner.isAtOnce(start, clock) { return repeated(work.thing.code, scanner) }
        return try finishScanned(work, [], scanner)
    }

    private func repeated(_ code: String, _ scanner: Scanner) -> ScannedLine {
        ScannedLine(code, .repeat, "\(code) again within \(scanner.stutter.spoken): it counts once")
    }

    private func scannedOperator(_ code: String) throws -> ScannedLine? {
        let found = try data.one("SELECT id, code, name, active FROM operator WHERE code = \(code)") {
            (thing: RecordID($0), name: $0.text(2), isActive: $0.int(3) != 0)
        }
        guard let found else { return nil }
        guard found.isActive else {
            throw Failure(
                .refused, .queue, "operator \(found.thing.code), \(found.name), does not work here any more",
                hint: "laseros operator edit \(found.thing.code) --active yes")
        }
        return ScannedLine(found.thing.code, .operator, "operator \(found.thing.code): \(found.name)", person: found.thing)
    }

    /// The entry with this code, or the only open one of the project with it.
    private func scannedEntry(_ code: String) throws -> RecordID {
        if let entry = try data.one("SELECT id, code FROM queue WHERE code = \(code)", RecordID.init) { return entry }
        guard let project = try data.one("SELECT id, code FROM project WHERE code = \(code)", RecordID.init) else {
            throw Failure(
                .notFound, .queue, "'\(code.prefix(60))' is neither a job card nor an operator's card",
                hint: "laseros project card CODE and laseros label operator CODE print them")
        }
        let open = try openEntries(of: [project])
        guard let only = open.first, open.count == 1 else {
            throw Failure(
                .refused, .queue,
                open.isEmpty
                    ? "nothing of project \(project.code) is in the queue" : "project \(project.code) has \(open.count) open entries",
                hint: open.isEmpty ? "laseros queue add \(project.code)" : "scan the code of one of them: \(Shop.listed(open.map(\.code)))")
        }
        return only
    }

    private func startScanned(_ work: WorkedEntry, _ scanner: Scanner) throws -> ScannedLine {
        var request = RunRequest()
        (request.machine, request.operator) = (scanner.machine, scanner.operator)
        let (run, notes) = try startQueue([work.thing], request), kept = try scannedRun(run.id)
        var told = notes
        if kept?.operator == nil, try data.one("SELECT 1 FROM operator WHERE active LIMIT 1", { _ in true }) == true {
            told.append("nobody is named: scan the operator's card before the job card")
        }
        let isResumed = work.status == .paused, code = work.thing.code
        return ScannedLine(
            code, isResumed ? .resumed : .started, run: run.code, "\(code) \(isResumed ? "goes on" : "started"): run \(run.code)",
            notes: told)
    }

    private func finishScanned(_ work: WorkedEntry, _ counts: [PieceCount], _ scanner: Scanner) throws -> ScannedLine {
        var request = FinishRequest()
        request.good = counts
        // Who started it has done it, and where it was started.
        let begun = try scannedRun(work)
        if begun?.machine == nil { request.run.machine = scanner.machine }
        if begun?.operator == nil { request.run.operator = scanner.operator }
        let done = try finishQueue(work.thing, request), time = try scannedRun(done.run.id)?.time.map { ", \($0.spoken)" } ?? ""
        return ScannedLine(
            work.thing.code, .finished, run: done.run.code, "\(work.thing.code) finished: run \(done.run.code), \(done.sentence)\(time)",
            notes: done.notes)
    }

    private func scannedRun(_ work: WorkedEntry) throws -> (machine: Int?, operator: Int?, startedAt: Moment?, time: Seconds?)? {
        guard let run = work.run else { return nil }
        return try scannedRun(run)
    }

    private func scannedRun(_ id: Int) throws -> (machine: Int?, operator: Int?, startedAt: Moment?, time: Seconds?)? {
        try data.one("SELECT machine_id, operator_id, started_at, duration_ms FROM run WHERE id = \(id)") {
            (machine: try $0.get(0), operator: try $0.get(1), startedAt: try $0.get(2), time: try $0.get(3))
        }
    }
}
