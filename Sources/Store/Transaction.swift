import Values

extension Database {
    /// All of the body and its entry in the journal, or nothing of it. With `keeping: false`, nothing either way: a dry run.
    /// - Parameter finish: runs before the end with the number of the entry, while everything can still be seen.
    package func change<Value>(
        keeping: Bool, _ body: () throws -> (Value, Deed), finish: (Value, Int?) throws -> Void
    ) throws -> (Value, entry: Int?) {
        try lockForWriting()
        return try Interrupt.guarding(handle) { try changing(keeping: keeping, body, finish) }
    }

    private func changing<Value>(
        keeping: Bool, _ body: () throws -> (Value, Deed), _ finish: (Value, Int?) throws -> Void
    ) throws -> (Value, entry: Int?) {
        try script("BEGIN IMMEDIATE")
        do {
            let session = try Session(self)
            let (value, deed) = try body()
            let entry = try record(session, deed)
            try finish(value, entry)
            try Interrupt.check()
            try script(keeping ? "COMMIT" : "ROLLBACK")
            return (value, entry)
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
