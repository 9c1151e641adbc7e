import Store
import Values

/// How many pieces of the parts of projects there are between the operations, to see whether a correction takes away what was used.
struct PieceBalance {
    fileprivate struct Part {
        var part: Int?
        var entry: RecordID
        var good: Int
        var available: Int
    }

    /// By the id of the `queue_part`.
    fileprivate var parts: [Int: Part] = [:]
}

extension Shop {
    func pieceBalance(of projects: [RecordID]) throws -> PieceBalance {
        var balance = PieceBalance()
        for project in projects {
            for entry in try keptEntries(of: project.id) where entry.status != .removed {
                for part in try availableParts(of: entry.thing.id) {
                    balance.parts[part.id] = PieceBalance.Part(
                        part: part.part, entry: entry.thing, good: part.good, available: part.available)
                }
            }
        }
        return balance
    }

    /// - Throws: `refused` if a correction of a run has taken away pieces that other runs used or that were delivered, or has made more than
    ///   the operation before has left for it.
    func demandUnused(_ run: KeptRun, before: PieceBalance) throws {
        let now = try pieceBalance(of: run.projects)
        for (id, part) in now.parts.sorted(by: { $0.key < $1.key }) {
            let old = before.parts[id]
            if part.available < min(0, old?.available ?? 0) {
                let users = try otherRuns(run, usingPart: id, where: "run_row.good + run_row.scrapped > 0")
                throw users.isEmpty ? tooMany(run, id) : used(run, id, by: users)
            }
            if part.good < min(0, old?.good ?? 0) {
                throw used(run, id, by: try otherRuns(run, usingPart: id, where: "run_row.good < 0"))
            }
            if let number = part.part, part.good < old?.good ?? 0, let delivery = try delivery(of: number, beyond: part.good, madeBy: id) {
                throw Failure(
                    .refused, .run, "run \(run.thing.code) cannot make fewer: delivery \(delivery) handed them out",
                    hint: "laseros delivery remove \(delivery) comes first")
            }
        }
    }

    /// The first entry that has used more pieces than there are now, and had not before.
    func firstShort(of projects: [RecordID], since before: PieceBalance) throws -> RecordID? {
        try pieceBalance(of: projects).parts.sorted { $0.key < $1.key }.first { id, part in
            part.available < min(0, before.parts[id]?.available ?? 0)
        }?.value.entry
    }

    /// A sentence for each entry that has used more pieces than the operation before has made, of the projects of these rows.
    func usedBeforeMade(among touched: [String: ClosedRange<Int>]) throws -> [String] {
        let projects = try queuedProjects(among: touched).sorted().map { try named(.project, $0) }
        return try pieceBalance(of: projects).parts.sorted { $0.key < $1.key }.filter { $0.value.available < 0 || $0.value.good < 0 }.map {
            "entry \($0.value.entry.code) has used pieces that the operation before would not have made"
        }
    }

    private func otherRuns(_ run: KeptRun, usingPart part: Int, where condition: SQL) throws -> [String] {
        try data.all(
            """
            SELECT DISTINCT run.code FROM run_row JOIN run ON run.id = run_id
            WHERE queue_part_id = \(part) AND run_id <> \(run.thing.id) AND removed_on IS NULL AND \(condition) ORDER BY run.id
            """
        ) { $0.text(0) }
    }

    private func name(_ run: KeptRun, _ part: Int) -> String {
        run.rows.first { $0.part == part }.flatMap(\.number).map { " of part \($0)" } ?? ""
    }

    private func used(_ run: KeptRun, _ part: Int, by users: [String]) -> Failure {
        Failure(
            .refused, .run,
            "run \(run.thing.code) cannot make fewer: \(Shop.listed(users)) \(worded(users.count, "has", "have")) used the pieces",
            hint: users.last.map { "laseros queue run remove \($0) --reason TEXT comes first, or laseros queue run edit \($0)" })
    }

    private func tooMany(_ run: KeptRun, _ part: Int) -> Failure {
        Failure(
            .refused, .run, "run \(run.thing.code) cannot make so many\(name(run, part)): the operation before has made fewer",
            hint: run.projects.first.map { "laseros queue runs --project \($0.code)" })
    }

    /// The last delivery of a part of which more was handed out than its last operation has made; nil if there is none.
    private func delivery(of part: Int, beyond good: Int, madeBy row: Int) throws -> String? {
        try data.one(
            """
            SELECT delivery.code FROM delivery_line JOIN delivery ON delivery.id = delivery_id
            WHERE delivery_line.part_id = \(part) AND (SELECT sum(quantity) FROM delivery_line AS line WHERE line.part_id = \(part)) > \(good)
                AND NOT EXISTS (SELECT 1 FROM queue_part AS later JOIN queue ON queue.id = later.queue_id
                    WHERE later.part_id = \(part) AND queue.status <> 'removed'
                        AND queue.level > (SELECT level FROM queue AS own JOIN queue_part ON queue_part.queue_id = own.id WHERE queue_part.id = \(row)))
            ORDER BY delivery.id DESC LIMIT 1
            """
        ) { $0.text(0) }
    }
}
