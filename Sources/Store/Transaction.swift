import Values

extension Database {
    /// All of the body and its entry in the journal, or nothing of it. With `keeping: false`, nothing either way: a dry run.
    /// - Parameter finish: runs before the end with the number of the entry, while everything can still be seen.
    package func change<Value>(
        keeping: Bool, _ body: () throws -> (Value, Deed), finish: (Value, Int?) throws -> Void
    ) throws -> (Value, entry: Int?) {
        try withoutActuallyEscaping(body) { body in
            try changes(keeping: keeping, [body], each: { _, _ in }) { done in
                for (value, entry) in done { try finish(value, entry) }
            }[0]
        }
    }

    /// Several changes, each with its entry: all of them or none.
    /// - Parameters:
    ///   - each: runs behind each of them with the number of its entry, before the next.
    ///   - finish: runs before the end.
    package func changes<Value>(
        keeping: Bool, _ steps: [() throws -> (Value, Deed)], each: (Value, Int?) throws -> Void,
        finish: ([(Value, entry: Int?)]) throws -> Void
    ) throws -> [(Value, entry: Int?)] {
        try lockForWriting()
        return try Interrupt.guarding(handle) { try changing(keeping: keeping, steps, each, finish) }
    }

    private func changing<Value>(
        keeping: Bool, _ steps: [() throws -> (Value, Deed)], _ each: (Value, Int?) throws -> Void,
        _ finish: ([(Value, entry: Int?)]) throws -> Void
    ) throws -> [(Value, entry: Int?)] {
        try script("BEGIN IMMEDIATE")
        do {
            let done = try steps.map { step in
                let session = try Session(self)
                let (value, deed) = try step()
                let entry = try record(session, deed)
                try each(value, entry)
                return (value, entry: entry)
            }
            try finish(done)
            try Interrupt.check()
            try script(keeping ? "COMMIT" : "ROLLBACK")
            return done
        } catch {
            try? script("ROLLBACK")
            throw error
        }
    }

    /// All of the body or nothing of it, outside the journal: for what changes the tables themselves.
    package func rewrite(keeping: Bool, _ body: () throws -> Void) throws {
        try lockForWriting()
        try script("BEGIN IMMEDIATE")
        do {
            try body()
            try script(keeping ? "COMMIT" : "ROLLBACK")
        } catch {
            try? script("ROLLBACK")
            throw error
        }
    }
}
