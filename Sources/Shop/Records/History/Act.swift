import Store
import Values

/// An action outside the database, which cannot be rolled back. The claim is committed first, then the action runs without a lock, then its
/// outcome is committed. A run that finds an open claim knows that an earlier one was killed in between.
package struct Act<Work, Done> {
    /// The name of the action. Two actions with the same name never run at the same time.
    package var name: String
    /// Runs in a transaction. Returns what to do, and a sentence for the journal, or nil if there is nothing to do. It may write rows, and
    /// has to cope with the state that a killed run left, in which part of the work may be done.
    package var claim: () throws -> (work: Work, sentence: String?)
    package var act: (Work) throws -> Done
    /// Runs in a transaction. Stores the outcome and returns a sentence for the journal, also if the action failed.
    package var record: (Work, Result<Done, any Error>) throws -> String

    package init(
        _ name: String, claim: @escaping () throws -> (work: Work, sentence: String?), act: @escaping (Work) throws -> Done,
        record: @escaping (Work, Result<Done, any Error>) throws -> String
    ) {
        (self.name, self.claim, self.act, self.record) = (name, claim, act, record)
    }
}

/// The result of an action.
package struct ActOutcome<Work, Done> {
    package var work: Work
    /// Nil in a dry run, and if there was nothing to do.
    package var done: Done?
    /// Notes about an earlier run that was killed.
    package var notes: [String] = []
    /// The journal entries of the claim and of the outcome.
    package var entries: [Int] = []
}

extension Shop {
    /// Commits the claim, runs the action and records the outcome. A dry run only finds out what would be done.
    /// - Parameter finish: formats the answer within the last transaction. If that fails, the claim stays open and the next run continues
    ///   with it.
    /// - Throws: `store` if another run is active, and the error of the action after it was recorded.
    @discardableResult
    package func perform<Work, Done>(
        _ act: Act<Work, Done>, _ request: ChangeRequest, finish: (ActOutcome<Work, Done>) throws -> Void
    ) throws -> ActOutcome<Work, Done> {
        let (claimed, mark) = try claim(act, request, finish)
        guard let mark, let entry = claimed.entries.last else { return claimed }
        return try withExtendedLifetime(mark) {
            try record(act, claimed, of: entry, Result { try act.act(claimed.work) }, request, finish)
        }
    }

    /// - Returns: the claimed work and its mark; no mark if there is nothing to do.
    private func claim<Work, Done>(
        _ act: Act<Work, Done>, _ request: ChangeRequest, _ finish: (ActOutcome<Work, Done>) throws -> Void
    ) throws -> (outcome: ActOutcome<Work, Done>, mark: File.Mark?) {
        var mark: File.Mark?, isToBeDone = false, left: Entry?
        let claimed = try change(request) {
            left = try openClaim(of: act.name)
            if let left, !request.dryRun, File.Mark.isHeld(Shop.mark(of: left.id), in: filesFolder) {
                throw Failure(.store, .act, "entry \(left.id) is still at work: \(left.sentence)", hint: "try again when it is done")
            }
            let (work, sentence) = try act.claim()
            var outcome = ActOutcome<Work, Done>(work: work)
            isToBeDone = sentence != nil
            if let left {
                let rest = request.dryRun ? "the next run does what is left" : "what is left is done now"
                outcome.notes = ["\(left.wasKilled): \(isToBeDone ? rest : "nothing is left to do")"]
            }
            guard let sentence else { return ChangeStep(outcome, left.map(\.wasKilled) ?? "", kind: left == nil ? .change : .act) }
            return ChangeStep(outcome, "\(act.name): \(sentence)", kind: .claim)
        } finish: { claimed in
            guard isToBeDone, let entry = claimed.entry else {
                if let left, claimed.entry != nil { try note(.recorded, left.id, of: act.name) }
                return try finish(claimed.value)
            }
            mark = try makeMark(of: entry)
            try note(.claimed, entry, of: act.name)
        }
        var outcome = claimed.value
        outcome.entries = claimed.entry.map { [$0] } ?? []
        return (outcome, mark)
    }

    private func record<Work, Done>(
        _ act: Act<Work, Done>, _ claimed: ActOutcome<Work, Done>, of claim: Int, _ result: Result<Done, any Error>,
        _ request: ChangeRequest, _ finish: (ActOutcome<Work, Done>) throws -> Void
    ) throws -> ActOutcome<Work, Done> {
        var outcome = claimed
        do {
            let recorded = try change(request) {
                ChangeStep((), try act.record(claimed.work, result), kind: .act)
            } finish: { _ in
                try note(.recorded, claim, of: act.name)
                guard case .success(let done) = result else { return }
                outcome.done = done
                try finish(outcome)
            }
            outcome.entries += recorded.entry.map { [$0] } ?? []
        } catch let failure as Failure where failure.ending == nil {
            guard case .success = result else { throw failure }
            throw Failure(
                .outside, .act, "\(act.name) is done, but not recorded: \(failure.message)", hint: "run it again: that records it")
        }
        _ = try result.get()
        return outcome
    }
}

extension Entry {
    fileprivate var wasKilled: String { "entry \(id) (\(sentence)) was killed before it was recorded" }
}

/// Finds open claims. They need no table: the numbers of entries increase, so the last claim of an action and the last recorded one are
/// stored as counters.
extension Shop {
    private enum ClaimCounter: String { case claimed, recorded }

    private func note(_ counter: ClaimCounter, _ entry: Int, of act: String) throws {
        try reserve("\(act) \(counter)", through: entry)
    }

    private func noted(_ counter: ClaimCounter, of act: String) throws -> Int {
        try data.one("SELECT value FROM aux_counter WHERE series = \("\(act) \(counter)")") { try $0.get(0) } ?? 0
    }

    /// The claim whose outcome is not recorded; nil if there is none.
    private func openClaim(of act: String) throws -> Entry? {
        let claimed = try noted(.claimed, of: act)
        return try claimed > noted(.recorded, of: act) ? data.entry(claimed) : nil
    }

    private static func mark(of entry: Int) -> String { "claim-\(entry)" }

    private func makeMark(of entry: Int) throws -> File.Mark {
        try makeFilesFolder()
        return try File.Mark(Shop.mark(of: entry), in: filesFolder, as: Sharing(of: folder).purpose)
    }
}
