import Store
import Values

/// Makes the transitions of life cycles, and stores each as a row.
extension Shop {
    /// The state of a record.
    func state(of noun: Noun, _ id: Int) throws -> String {
        guard let cycle = noun.lifeCycle,
            let state = try data.one("SELECT \(cycle.sql) FROM \(name: noun.name) WHERE id = \(id)", { $0.text(0) })
        else { throw Failure(.notFound, noun.area, "there is no such \(noun.word)") }
        return state
    }

    /// Moves a record to its next state.
    /// - Returns: notes for the user.
    /// - Throws: `refused` if the record is in another state than the transition starts from, with the command that leads there, and if
    ///   it lacks something, with everything that it lacks.
    package func move(
        _ noun: Noun, _ thing: RecordID, _ move: LifeCycle.Move, _ request: LifeCycle.Request = LifeCycle.Request()
    ) throws -> [String] {
        let step = LifeCycle.Step(thing: thing, state: try state(of: noun, thing.id), request: request)
        try move.demand(self, step)
        guard move.possible.contains(step.state) else { throw impossible(noun, step, move) }
        let lacks = request.isImplied ? [] : try move.lacks?(self, step) ?? []
        guard lacks.isEmpty || request.force != nil else { throw lacking(noun, thing, move, lacks) }
        var effect = try move.effect(self, step)
        let to = effect.stays || move.staying.contains(step.state) ? step.state : move.to ?? step.state
        if to != step.state, let column = noun.lifeCycle?.column { effect.values.append((column, "\(to)")) }
        if let column = move.stamps { effect.values.append((column, "\(try today())")) }
        if !effect.values.isEmpty {
            let set = effect.values.map { each -> SQL in "\(name: each.column) = \(each.value)" }
            try data.run("UPDATE \(name: noun.name) SET \(set.joined(", ")) WHERE id = \(thing.id)")
        }
        if noun.keepsMoves {
            let reasons = [request.reason, lacks.isEmpty ? nil : request.force].compactMap { $0 }
            let reason = reasons.isEmpty ? nil : reasons.joined(separator: "; ")
            try keepMoves(
                noun, "SELECT \(thing.id), \(move.verb), \(step.state), \(to), \(reason), \(!lacks.isEmpty)")
        }
        return try effect.notes + move.after(self, step)
    }

    private func impossible(_ noun: Noun, _ step: LifeCycle.Step, _ move: LifeCycle.Move) -> Failure {
        let states = move.possible, code = step.thing.code
        if move.to == step.state { return Failure(.refused, noun.area, "\(noun.word) \(code) is \(step.state) already") }
        let named = (states.count > 2 ? [states.dropLast(2).joined(separator: ", ")] : []) + [states.suffix(2).joined(separator: " or ")]
        return Failure(
            .refused, noun.area,
            "\(noun.word) \(code) is \(step.state): only \(article(named.joined(separator: ", "))) \(noun.word) can be \(move.done)",
            hint: way(noun, code, from: step.state, to: states))
    }

    /// One failure for everything that a record lacks, with the commands that supply it.
    private func lacking(_ noun: Noun, _ thing: RecordID, _ move: LifeCycle.Move, _ lacks: [LifeCycle.Lack]) -> Failure {
        let remedies = lacks.map(\.remedy).filter { !$0.isEmpty }, fields = remedies.filter { $0.hasPrefix("-") }
        let edit = fields.isEmpty ? [] : ["edit CODE \(fields.joined(separator: " "))"]
        let commands = (edit + remedies.filter { !$0.hasPrefix("-") }).map { words in
            words.hasPrefix("laseros ") ? words : typed(noun, words, thing.code)
        }
        return Failure(
            .refused, noun.area,
            "\(noun.word) \(thing.code) cannot be \(move.done): \(lacks.map(\.what).joined(separator: ", "))",
            hint: (commands + ["\(commands.isEmpty ? "" : "or ")--force REASON"]).joined(separator: "; "))
    }

    /// Stores transitions as rows, each after the earlier ones of its record.
    /// - Parameter moves: a statement with the columns record, verb, state before, state after, reason, and whether it was forced.
    func keepMoves(_ noun: Noun, _ moves: SQL) throws {
        let owner: SQL = "\(name: noun.name + "_id")"
        try data.run(
            """
            INSERT INTO move (\(owner), verb, from_status, to_status, reason, forced, at, who, position)
            SELECT *, \(clock), \(who), (SELECT coalesce(max(position), 0) + 1 FROM move WHERE \(owner) = record)
            FROM (SELECT NULL AS record, NULL AS verb, NULL AS before, NULL AS after, NULL AS reason, NULL AS forced WHERE 0
                UNION ALL \(moves))
            """)
    }

    /// Stores a row for each record whose state is another than its last row says, as after an import.
    /// - Parameter ids: the records that may have changed.
    func keepMoves(_ noun: Noun, _ verb: String, among ids: ClosedRange<Int>) throws {
        guard noun.keepsMoves, let cycle = noun.lifeCycle, let column = cycle.column else { return }
        let table: SQL = "\(name: noun.name)", status: SQL = "\(table).\(name: column)"
        let last: SQL = "(SELECT to_status FROM move WHERE \(name: noun.name + "_id") = \(table).id ORDER BY position DESC LIMIT 1)"
        try keepMoves(
            noun,
            """
            SELECT id, \(verb), coalesce(\(last), \(cycle.initial)), \(status), NULL, 0 FROM \(table)
            WHERE id BETWEEN \(ids.lowerBound) AND \(ids.upperBound) AND \(status) <> coalesce(\(last), \(cycle.initial))
            """)
    }

    /// The records of a noun to which these transitions belong.
    /// - Parameter ids: of the rows of transitions.
    func owners(_ noun: Noun, ofMoves ids: ClosedRange<Int>) throws -> Set<Int> {
        guard noun.keepsMoves else { return [] }
        let owner: SQL = "\(name: noun.name + "_id")"
        return Set(
            try data.all(
                """
                SELECT DISTINCT \(owner) FROM move WHERE id BETWEEN \(ids.lowerBound) AND \(ids.upperBound) AND \(owner) IS NOT NULL
                """
            ) { $0.int(0) })
    }

    /// The records of which a transition was undone that others followed. The state alone does not show that: a later transition may lead
    /// to the same one.
    /// - Parameter ids: the records that may have changed.
    func movedSince(_ noun: Noun, among ids: Set<Int>) throws -> [String] {
        guard noun.keepsMoves, !ids.isEmpty else { return [] }
        let owner: SQL = "\(name: noun.name + "_id")", history = History(self)
        let found = try data.all(
            "SELECT \(owner) FROM move WHERE \(owner) IN (\(SQL.ids(ids))) GROUP BY \(owner) HAVING count(*) <> max(position)"
        ) { $0.int(0) }
        return try found.map { "\(noun.name) \(try history.label(noun.name, $0, nil)) was moved since" }
    }

    /// Makes a transition for all records that are due. A second run does nothing.
    /// - Returns: their ids.
    package func moveDue(_ noun: Noun, _ move: LifeCycle.Move) throws -> [Int] {
        guard let cycle = noun.lifeCycle, let column = cycle.column, let isDue = move.isDue, let to = move.to else { return [] }
        let from = move.from.map { "\($0)" as SQL }.joined(", ")
        let due = try data.all("SELECT id FROM \(name: noun.name) WHERE \(name: column) IN (\(from)) AND \(try isDue(self))") { $0.int(0) }
        guard !due.isEmpty else { return [] }
        let ids = SQL.ids(due)
        if noun.keepsMoves {
            try keepMoves(
                noun, "SELECT id, \(move.verb), \(name: column), \(to), NULL, 0 FROM \(name: noun.name) WHERE id IN (\(ids))")
        }
        var set: [SQL] = ["\(name: column) = \(to)"]
        if let stamp = move.stamps { set.append("\(name: stamp) = \(try today())") }
        try data.run("UPDATE \(name: noun.name) SET \(set.joined(", ")) WHERE id IN (\(ids))")
        return due
    }

    /// The command that leads a record towards one of these states.
    func way(_ noun: Noun, _ code: String, from state: String, to wanted: [String]) -> String? {
        noun.lifeCycle?.step(from: state, to: wanted).map { typed(noun, $0.words, code) }
    }

    /// A command of a noun for one record.
    func typed(_ noun: Noun, _ words: String, _ code: String) -> String {
        var words = words.split(separator: " ").map(String.init)
        // Only the first is the code of the record: `edit CODE --material CODE`.
        if let i = words.firstIndex(of: "CODE") { words[i] = code }
        // The code of an entry of the queue begins with that of its project.
        if let i = words.firstIndex(of: "PROJECT") { words[i] = String(code.prefix { $0 != "/" }) }
        return "laseros \(noun.command) " + words.joined(separator: " ")
    }

    /// - Throws: `refused` for a record whose state does not allow changes.
    func demandOpen(_ noun: Noun, _ id: Int) throws {
        guard let cycle = noun.lifeCycle else { return }
        let state = try state(of: noun, id)
        guard !cycle.open.contains(state) else { return }
        let code = try self.code(of: noun, id) ?? "#\(id)", back = way(noun, code, from: state, to: Array(cycle.open))
        throw Failure(.refused, noun.area, "\(noun.word) \(code) is \(state) and cannot be changed", hint: back)
    }
}
