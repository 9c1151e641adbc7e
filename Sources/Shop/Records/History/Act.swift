import Store
import Values

/// Work in the outside world, where no rollback reaches. A claim says what is about to be done, then it is done with no lock held, then what
/// became of it is recorded: each step lasts before the next begins. Whoever comes after a run that was killed between them finds its claim.
package struct Act<Work, Done> {
    /// The command that it is: no two of one name are at work at the same time.
    package var name: String
    /// Within a transaction: what is to be done, and a sentence for the journal; no sentence where there is nothing to do. It may write rows,
    /// and finds what a killed run has left as it is: a part of that may be done already.
    package var claim: () throws -> (work: Work, sentence: String?)
    package var act: (Work) throws -> Done
    /// Within a transaction: writes down what became of it, and says it for the journal. It is asked as well where the act has failed.
    package var record: (Work, Result<Done, any Error>) throws -> String

    package init(
        _ name: String, claim: @escaping () throws -> (work: Work, sentence: String?), act: @escaping (Work) throws -> Done,
        record: @escaping (Work, Result<Done, any Error>) throws -> String
    ) {
        (self.name, self.claim, self.act, self.record) = (name, claim, act, record)
    }
}

/// What an act came to.
package struct ActOutcome<Work, Done> {
    package var work: Work
    /// Nil in a dry run, and where there was nothing to do.
    package var done: Done?
    /// What is said of a run that was killed before this one.
    package var notes: [String] = []
    /// Those of the claim and of the record.
    package var entries: [Int] = []
}

extension Shop {
    /// Claims, acts and records; in a dry run it finds out what would be done, and no more.
    /// - Parameter finish: answers within the last transaction: what cannot be answered stays claimed, and the next run goes on with it.
    /// - Throws: `store` while another run is at it, and what the act throws, once that is recorded.
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

    /// - Returns: with the mark of the claim; without one there is nothing to do.
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

/// What tells a claim that is open. No table is needed for it: entries get ever higher numbers, and so the last claim of an act and the last of
/// which the outcome was recorded are counters like those of codes.
extension Shop {
    private enum ClaimCounter: String { case claimed, recorded }

    private func note(_ counter: ClaimCounter, _ entry: Int, of act: String) throws {
        try reserve("\(act) \(counter)", through: entry)
    }

    private func noted(_ counter: ClaimCounter, of act: String) throws -> Int {
        try data.one("SELECT value FROM aux_counter WHERE series = \("\(act) \(counter)")") { try $0.get(0) } ?? 0
    }

    /// The claim that was not recorded yet; nil where there is none.
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
