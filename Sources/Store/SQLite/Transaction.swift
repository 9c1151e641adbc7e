import CSQLite
import Values

extension Database {
    /// All of the body and its entry in the journal, or nothing of it. With `keeping: false`, nothing either way: a dry run.
    /// - Parameter finish: runs before the end with the number of the entry, while everything can still be seen.
    package func change<Value>(
        keeping: Bool, _ body: () throws -> (Value, EntryDescription), finish: (Value, Int?) throws -> Void
    ) throws -> (Value, entry: Int?) {
        try withoutActuallyEscaping(body) { body in
            try changes(keeping: keeping, [body], each: { _, _ in }) { done in
                for (value, entry) in done { try finish(value, entry) }
            }[0]
        }
    }

    /// Several changes, each with its entry: all of them or none.
    /// - Parameters:
    ///   - each: runs behind each of them with what it changed, before the next.
    ///   - finish: runs before the end.
    package func changes<Value>(
        keeping: Bool, _ steps: [() throws -> (Value, EntryDescription)], each: (Value, Recording) throws -> Void,
        finish: ([(Value, entry: Int?)]) throws -> Void
    ) throws -> [(Value, entry: Int?)] {
        try transaction(keeping: keeping) {
            let done = try steps.map { step in
                let session = try Session(self)
                let (value, deed) = try step()
                // What is not kept needs no entry, unless another step goes by it.
                let isLast = steps.count == 1 && deed.undoes == nil
                let recording = try keeping || !isLast ? record(session, deed) : Recording(self, session)
                try each(value, recording)
                return (value, entry: recording.entry)
            }
            try finish(done)
            return (done, done.compactMap(\.entry))
        }
    }

    /// All of the body or nothing of it, outside the journal: for what changes the tables themselves.
    /// - Parameter body: returns the entry that tells of it.
    package func rewrite(keeping: Bool, _ body: () throws -> Int) throws {
        try transaction(keeping: keeping) { ((), [try body()]) }
    }

    private func transaction<Value>(keeping: Bool, _ body: () throws -> (Value, entries: [Int])) throws -> Value {
        try lockForWriting()
        defer { unlock() }
        return try Interrupt.guarding(handle) {
            do {
                if keeping { try script(Database.durably) }
                try begin()
                let (value, entries) = try body()
                if keeping { try commit(entries) } else { try script("ROLLBACK") }
                return value
            } catch {
                try? script("ROLLBACK")
                throw error
            }
        }
    }

    private func commit(_ entries: [Int]) throws {
        try Interrupt.holding {
            do {
                try script("COMMIT")
                return Database.stored(entries)
            } catch {
                throw try sqlite3_get_autocommit(handle) == 0 ? error : afterwards(error, entries)
            }
        }
    }

    /// What a COMMIT that failed comes to: a disk may fail only when all is written, and SQLite calls both the same.
    private func afterwards(_ error: any Error, _ entries: [Int]) throws -> any Error {
        guard let last = entries.last, let stored = Database.stored(entries) else { return error }
        let reason = (error as? Failure)?.message ?? "\(error)"
        do {
            guard try entry(last) != nil else { return error }
            return Failure(
                .outside, .transaction, "\(stored), but it may be lost if the power fails: \(reason)", hint: "laseros log --limit 1")
        } catch {
            return Failure(
                .outside, .transaction, "perhaps \(stored): \(reason)", hint: "laseros log --limit 1 tells when the disk can be read again")
        }
    }

    /// `stored as entry 412`; nil where nothing was.
    package static func stored(_ entries: [Int]) -> String? {
        guard let first = entries.first, let last = entries.last else { return nil }
        return first == last ? "stored as entry \(first)" : "stored as entries \(first) to \(last)"
    }
}
