import Store
import Values

/// Where a user puts an entry in the queue.
package enum QueuePlace: Sendable {
    case before(RecordID), after(RecordID), first
    /// By priority, promised day and the moment of adding again.
    case byRule
}

/// The order of the queue. The rank of an entry is a text; that of a place by hand lies between those of its neighbours.
extension Shop {
    /// The rank by priority, promised day, moment of adding and code, as the triggers of `aux_queue` work it out.
    private static let rank: SQL = """
        coalesce(queue.place, (SELECT instr('uhnl', substr(priority, 1, 1)) || ' ' || coalesce(due, '9999-12-31') || ' ' || queue.added_at
            || printf(' %08d %05d', queue.project_id, queue.step) FROM project WHERE project.id = queue.project_id), '')
        """

    /// Puts an entry at a place.
    /// - Throws: `refused` for a neighbour that is not in the queue any more.
    package func place(_ entry: RecordID, _ place: QueuePlace) throws {
        let rank: String?
        switch place {
        case .byRule: rank = nil
        case .first:
            rank = try self.rank(
                of: entry, between: nil,
                and: data.one("SELECT min(rank) FROM aux_queue WHERE open AND queue_id <> \(entry.id)") { try $0.get(0) as String? } ?? nil)
        case .before(let other):
            let own = try openRank(other)
            let lower: String? =
                try data.one(
                    "SELECT max(rank) FROM aux_queue WHERE open AND rank < \(own) AND queue_id <> \(entry.id)"
                ) { try $0.get(0) as String? } ?? nil
            rank = try self.rank(of: entry, between: lower, and: own)
        case .after(let other):
            let own = try openRank(other)
            let upper: String? =
                try data.one(
                    "SELECT min(rank) FROM aux_queue WHERE open AND rank > \(own) AND queue_id <> \(entry.id)"
                ) { try $0.get(0) as String? } ?? nil
            rank = try self.rank(of: entry, between: own, and: upper)
        }
        _ = try openRank(entry)
        try data.run("UPDATE queue SET place = \(rank) WHERE id = \(entry.id) AND place IS NOT \(rank)")
    }

    /// The rank of an open entry.
    private func openRank(_ entry: RecordID) throws -> String {
        let found = try data.one("SELECT rank, open FROM aux_queue WHERE queue_id = \(entry.id)") { ($0.text(0), $0.int(1) != 0) }
        guard let found, found.1 else {
            throw Failure(
                .refused, .queue, "entry \(entry.code) is \(try state(of: .queue, entry.id)): it has no place in the queue",
                hint: "laseros queue list")
        }
        return found.0
    }

    private func rank(of entry: RecordID, between lower: String?, and upper: String?) throws -> String {
        let rank = Shop.text(between: lower ?? "", and: upper)
        guard rank.utf8.count <= Shop.longestRank else {
            throw Failure(
                .refused, .queue, "there is no place left between two entries that were moved so often",
                hint: "laseros queue move \(entry.code) --by-rule, and the same for its neighbours")
        }
        return rank
    }

    private static let longestRank = 2000

    /// A text that sorts by its bytes after one and before another.
    static func text(between lower: String, and upper: String?) -> String {
        let low = Array(lower.utf8), blank = UInt8(ascii: " "), end = UInt8(ascii: "~") + 1
        var high = upper.map { Array($0.utf8) }, text: [UInt8] = []
        var i = 0
        while true {
            let below = i < low.count ? low[i] : blank, above = high.map { i < $0.count ? $0[i] : blank } ?? end
            if above > below + 1 { return String(decoding: text + [(below + above) / 2], as: UTF8.self) }
            if above > below { high = nil }
            text.append(below)
            i += 1
        }
    }

    /// Compares the stored ranks with the rule.
    func findWrongRanks(_ faults: Faults) throws {
        let wrong = try data.all(
            """
            SELECT queue.code FROM queue LEFT JOIN aux_queue ON queue_id = queue.id
            WHERE aux_queue.rank IS NOT \(Shop.rank) OR aux_queue.open IS NOT (queue.status NOT IN ('done', 'removed')) ORDER BY queue.id LIMIT 10
            """
        ) { $0.text(0) }
        for code in wrong { faults.add(.sums, "entry \(code) has another place in the queue than its rank says") }
    }
}
