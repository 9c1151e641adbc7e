import Store
import Values

/// What is asked of the core when something is to change.
package struct ChangeRequest: Sendable {
    /// The command line, for the journal.
    package var words: [String]
    /// Nothing is kept: only what would change is found out.
    package var dryRun: Bool
    /// What the change will name of the bytes under `files/`.
    package var contents: [FileContent]

    package init(words: [String], dryRun: Bool = false, contents: [FileContent] = []) {
        (self.words, self.dryRun, self.contents) = (words, dryRun, contents)
    }
}

/// What one step of a change comes to.
package struct ChangeStep<Value> {
    package var value: Value
    /// What the journal says of it.
    package var sentence: String
    package var kind: Entry.Kind
    /// The entry that it takes back.
    package var undoes: Entry?

    package init(_ value: Value, _ sentence: String, kind: Entry.Kind = .change, undoes: Entry? = nil) {
        (self.value, self.sentence, self.kind, self.undoes) = (value, sentence, kind, undoes)
    }
}

/// A step as it was stored, or in a dry run as it would be.
package struct RecordedChange<Value> {
    package var value: Value
    /// Its number in the journal; nil where nothing was changed, within a larger change, and in a dry run.
    package fileprivate(set) var entry: Int?
    /// In a dry run, field by field, what it would change. It reads the shop: good until the change ends.
    package fileprivate(set) var changes: Listing?
}

extension Shop {
    /// The one door through which a shop changes: a transaction, an entry of the journal for each step, and all of them or none. What is
    /// changed within another change is part of that.
    /// - Parameters:
    ///   - steps: what to do, one after the other; each is an entry of its own.
    ///   - finish: answers while the transaction is open: what cannot be answered is not stored.
    /// - Throws: what a step throws, and `refused` where something would be there twice.
    @discardableResult
    package func change<Value>(
        _ request: ChangeRequest, _ steps: [() throws -> ChangeStep<Value>], finish: ([RecordedChange<Value>]) throws -> Void = { _ in }
    ) throws -> [RecordedChange<Value>] {
        if !request.dryRun { try keep(request.contents) }
        guard !isChanging else {
            let done = try steps.map { RecordedChange(value: try $0().value) }
            try finish(done)
            return done
        }
        // What was read before the lock may not be so any more.
        forgetWhatWasRead()
        isChanging = true
        defer { forgetWhatWasRead() }
        var recorded: [RecordedChange<Value>] = []
        let taken = steps.enumerated().map { i, step in { try self.take(step, request, isFirst: i == 0) } }
        _ = try data.changes(keeping: !request.dryRun, taken) { step, recording in
            if let undone = step.undoes, let entry = recording.entry { try data.markUndone(undone, by: entry) }
            recorded.append(RecordedChange(value: step.value, entry: recording.entry))
            guard request.dryRun else { return }
            let changes = recording.changes.map { History(self).changes(in: $0) } ?? Listing(History.headings, [])
            // What a row is called is known as long as the next step has not been taken.
            recorded[recorded.count - 1].changes = steps.count > 1 ? try changes.kept() : changes
        } finish: { _ in
            try finish(recorded)
        }
        return recorded
    }

    /// The same for one step.
    @discardableResult
    package func change<Value>(
        _ request: ChangeRequest, _ step: () throws -> ChangeStep<Value>, finish: (RecordedChange<Value>) throws -> Void = { _ in }
    ) throws -> RecordedChange<Value> {
        try withoutActuallyEscaping(step) { step in try change(request, [step]) { try finish($0[0]) }[0] }
    }

    private func take<Value>(
        _ step: () throws -> ChangeStep<Value>, _ request: ChangeRequest, isFirst: Bool
    ) throws -> (ChangeStep<Value>, EntryDescription) {
        // Again under the lock: a `files prune` may have come before it.
        if isFirst, !request.dryRun { try keep(request.contents) }
        let done = try step()
        try demandDistinct()
        return (
            done, EntryDescription(done.kind, at: clock, who: who, words: request.words, sentence: done.sentence, undoes: done.undoes?.id)
        )
    }
}
