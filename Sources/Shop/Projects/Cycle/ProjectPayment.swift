import Store
import Values

/// The transitions of a project that depend on its payment.
extension LifeCycle {
    private typealias State = ProjectStatus

    static let pop: Move = {
        var pop = Move(
            "pop", "marked as paid", "Record the client's proof of payment", from: [State.quote], to: .approved,
            staying: [.request, .approved, .queued, .inProgress, .completed], typed: "pop CODE")
        pop.about = """
            Approves an offered project; in any other state only the day is recorded. From that day counts the deadline of the settings \
            `pop_deadline_days` and `pop_deadline_counts`. `--file` attaches the proof. `--withdraw` takes proof and approval back, for a \
            payment that did not arrive.
            """
        pop.demand = { shop, step in
            let facts = try shop.facts(ofProject: step.thing)
            if let day = facts.paidOn, !step.isIn(State.quote, .cancelled) {
                throw Failure(
                    .refused, .project, "the proof of payment of project \(step.thing.code) is of \(day) already",
                    hint: "laseros project attach \(step.thing.code) FILE --kind payment keeps it; "
                        + "laseros project pop \(step.thing.code) --withdraw takes it back")
            }
            if let day = step.request.day, try day > shop.today() {
                throw Failure(.refused, .project, "a proof of payment of \(day) is still to come: today is \(try shop.today())")
            }
        }
        pop.effect = { shop, step in
            let facts = try shop.facts(ofProject: step.thing), isOffered = step.isIn(State.quote)
            let today = try shop.today(), day = step.request.day ?? facts.paidOn ?? today
            let deadline = try shop.workdays().day(try shop.setting(Settings.popDays).value, after: day)
            var effect = Effect(values: [("pop_received_on", "\(day)"), ("pop_deadline", "\(deadline)")])
            if isOffered {
                effect.values.append(("approved_on", "\(today)"))
                effect.notes = ["project \(step.thing.code) is approved, and to be processed by \(deadline)"]
                if let expiry = facts.offerEnd, expiry < day {
                    effect.notes.append("the offer of project \(step.thing.code) expired on \(expiry)")
                }
            }
            if step.isIn(State.approved, .queued, .inProgress) {
                effect.notes = ["project \(step.thing.code) is to be processed by \(deadline)"]
            }
            if step.isIn(State.request) {
                effect.notes = ["project \(step.thing.code) is not offered yet: laseros project offer \(step.thing.code)"]
            }
            return effect
        }
        pop.after = { shop, step in try shop.queueWhenReady(step.thing) }
        return pop
    }()

    static let withdraw: Move = {
        var withdraw = Move(
            "withdraw", "marked as not paid", "", from: [State.approved], to: .quote,
            staying: [.request, .quote, .queued, .inProgress, .completed], typed: "pop CODE --withdraw")
        withdraw.demand = { shop, step in
            let facts = try shop.facts(ofProject: step.thing)
            guard facts.paidOn == nil, !step.isIn(State.approved) || facts.isCovered else { return }
            throw Failure(.refused, .project, "project \(step.thing.code) has no proof of payment")
        }
        withdraw.effect = { shop, step in
            var effect = Effect(values: [("pop_received_on", "NULL"), ("pop_deadline", "NULL")])
            let facts = try shop.facts(ofProject: step.thing)
            effect.stays = facts.isCovered || facts.isOnAccount && facts.paidOn != nil
            if step.isIn(State.approved), !effect.stays { effect.values.append(("approved_on", "NULL")) }
            if step.isIn(State.queued, .inProgress), !effect.stays {
                effect.notes = ["project \(step.thing.code) is \(step.state) without a payment"]
            }
            return effect
        }
        return withdraw
    }()

    static let approve: Move = {
        var approve = Move(
            "approve", "approved", "Approve projects, or take them off the queue", from: [State.quote, .queued], to: .approved)
        approve.about = """
            Projects of clients on account are approved when they accept; others need a proof of payment (`project pop`) or a recorded \
            payment. Accepting a quote does it for clients on account. A queued project goes back to the approved ones.
            """
        approve.lacks = { shop, step in try shop.facts(ofProject: step.thing).lacksOfPayment }
        approve.effect = { shop, step in Effect(values: [("approved_on", "coalesce(approved_on, \(try shop.today()))")]) }
        approve.after = { shop, step in
            guard step.isIn(State.queued) else { return try shop.queueWhenReady(step.thing) }
            try shop.clearQueue(of: step.thing, because: step.request.reason)
            return try shop.release(step.thing)
        }
        return approve
    }()
}
