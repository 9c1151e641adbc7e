import Store
import Values

/// The request for a change.
package struct ChangeRequest: Sendable {
    /// The command line, for the journal.
    package var words: [String]
    /// Whether to roll back and only report what would change.
    package var dryRun: Bool
    /// The file contents that the change will refer to.
    package var contents: [FileContent]

    package init(words: [String], dryRun: Bool = false, contents: [FileContent] = []) {
        (self.words, self.dryRun, self.contents) = (words, dryRun, contents)
    }
}

/// The result of one step of a change.
package struct ChangeStep<Value> {
    package var value: Value
    /// The sentence for the journal.
    package var sentence: String
    package var kind: Entry.Kind
    /// The entry that this step undoes.
    package var undoes: Entry?

    package init(_ value: Value, _ sentence: String, kind: Entry.Kind = .change, undoes: Entry? = nil) {
        (self.value, self.sentence, self.kind, self.undoes) = (value, sentence, kind, undoes)
    }
}

/// A step after it was stored or, in a dry run, rolled back.
package struct RecordedChange<Value> {
    package var value: Value
    /// The number of its journal entry; nil in a dry run, within a batch, and if nothing changed.
    package fileprivate(set) var entry: Int?
    /// In a dry run, the changes field by field. The listing reads the shop and is valid until the change ends.
    package fileprivate(set) var changes: Listing?
}

extension Shop {
    /// Changes the shop. Every change goes through here: it runs in one transaction, with a journal entry for each step. Within another
    /// change it joins that one.
    /// - Parameters:
    ///   - steps: the steps, each with its own entry.
    ///   - finish: formats the answer within the transaction. If it fails, nothing is stored.
    /// - Throws: the error of a step, and `refused` for a duplicate.
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
        // Values read before the lock may be out of date.
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
            // The names of rows are known only until the next step runs.
            recorded[recorded.count - 1].changes = steps.count > 1 ? try changes.kept() : changes
        } finish: { _ in
            try finish(recorded)
        }
        return recorded
    }

    /// The same for a single step.
    @discardableResult
    package func change<Value>(
        _ request: ChangeRequest, _ step: () throws -> ChangeStep<Value>, finish: (RecordedChange<Value>) throws -> Void = { _ in }
    ) throws -> RecordedChange<Value> {
        try withoutActuallyEscaping(step) { step in try change(request, [step]) { try finish($0[0]) }[0] }
    }

    private func take<Value>(
        _ step: () throws -> ChangeStep<Value>, _ request: ChangeRequest, isFirst: Bool
    ) throws -> (ChangeStep<Value>, EntryDescription) {
        // Stored again under the lock, because `files prune` may have run before.
        if isFirst, !request.dryRun { try keep(request.contents) }
        let done = try step()
        try demandDistinct()
        return (
            done, EntryDescription(done.kind, at: clock, who: who, words: request.words, sentence: done.sentence, undoes: done.undoes?.id)
        )
    }
}
