import CSQLite
import Values

extension Database {
    /// Commits the changes of `body` together with their journal entry, or rolls both back. With `keeping: false`, a dry run, it always
    /// rolls back.
    /// - Parameter finish: runs before the commit, with the number of the entry, while the changes can still be read.
    package func change<Value>(
        keeping: Bool, _ body: () throws -> (Value, EntryDescription), finish: (Value, Int?) throws -> Void
    ) throws -> (Value, entry: Int?) {
        try withoutActuallyEscaping(body) { body in
            try changes(keeping: keeping, [body], each: { _, _ in }) { done in
                for (value, entry) in done { try finish(value, entry) }
            }[0]
        }
    }

    /// Commits several changes, each with its own entry, or none of them.
    /// - Parameters:
    ///   - each: runs after each change, before the next, with what it changed.
    ///   - finish: runs before the commit.
    package func changes<Value>(
        keeping: Bool, _ steps: [() throws -> (Value, EntryDescription)], each: (Value, Recording) throws -> Void,
        finish: ([(Value, entry: Int?)]) throws -> Void
    ) throws -> [(Value, entry: Int?)] {
        try transaction(keeping: keeping) {
            let done = try steps.map { step in
                let session = try Session(self)
                self.session = session
                defer { (self.session, searchSession) = (nil, nil) }
                let (value, deed) = try step()
                // A dry run needs no entry unless a later step refers to it.
                let isLast = steps.count == 1 && deed.undoes == nil
                let recording = try keeping || !isLast ? record(session, deed) : Recording(self, session)
                try each(value, recording)
                return (value, entry: recording.entry)
            }
            try finish(done)
            return (done, done.compactMap(\.entry))
        }
    }

    /// Commits all of `body` or nothing, outside the journal: for changes of the schema.
    /// - Parameter body: returns the number of the entry that describes the change.
    package func rewrite(keeping: Bool, _ body: () throws -> Int) throws {
        try transaction(keeping: keeping) { ((), [try body()]) }
    }

    /// The same without an entry, for what is computed from other rows.
    package func recompute(keeping: Bool, _ body: () throws -> Void) throws {
        try transaction(keeping: keeping) { (try body(), []) }
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

    /// Finds out what a failed COMMIT did. SQLite returns the same error whether the disk failed before or after everything was written.
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

    /// `stored as entry 412`; nil if there are no entries.
    package static func stored(_ entries: [Int]) -> String? {
        guard let first = entries.first, let last = entries.last else { return nil }
        return first == last ? "stored as entry \(first)" : "stored as entries \(first) to \(last)"
    }
}
