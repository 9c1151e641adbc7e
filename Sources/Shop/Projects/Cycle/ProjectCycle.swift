import Store
import Values

extension LifeCycle {
    /// From request to completion. `held_on` is no state: a job on hold keeps its place.
    static let project: LifeCycle = {
        let all = ProjectStatus.allCases, unfinished: [ProjectStatus] = [.request, .quote, .approved, .queued, .inProgress]
        return LifeCycle(
            "status", "status", open: all,
            [offer, pop, approve, intoQueue, start, complete, backToRequest, withdraw, cancel(unfinished), reinstate, reopen, remake]
                + flags(unfinished))
    }()

    private typealias State = ProjectStatus

    private static let offer: Move = {
        var offer = Move("offer", "offered", "Mark projects as offered to the client", from: [State.request], to: .quote)
        offer.about = """
            Needs a material, a thickness, and a drawing or a quote. The offer expires with the newest quote that was sent, otherwise after \
            the days of the setting `quote_valid_days`. Sending a quote of the project does it, too.
            """
        offer.lacks = { shop, step in
            let facts = try shop.facts(ofProject: step.thing)
            return facts.lacksOfMaterial + (facts.hasDrawing ? [] : [Lack("no drawing", "attach CODE FILE")])
        }
        offer.effect = { shop, step in Effect(values: try shop.offered(step.thing.id)) }
        return offer
    }()

    private static let intoQueue: Move = {
        var queue = Move("queue", "queued", "Put projects into the queue for cutting", from: [State.approved, .inProgress], to: .queued)
        queue.about = """
            Needs a material and a thickness, a proof of payment or a recorded payment from a client who pays in advance, and no hold. A \
            project in progress goes back to the queue.
            """
        queue.lacks = { shop, step in
            let facts = try shop.facts(ofProject: step.thing)
            return facts.lacksOfMaterial + facts.lacksOfPayment + facts.lacksOfHold
        }
        queue.effect = { shop, step in
            let facts = try shop.facts(ofProject: step.thing), code = step.thing.code
            var effect = Effect()
            if let deadline = facts.deadline, try deadline < shop.today() {
                effect.notes.append("project \(code) was to be processed by \(deadline)")
            }
            if let part = facts.awaitedPart {
                effect.notes.append(
                    "project \(code) waits for the customer's material: laseros project part edit \(code) \(part) --material-received DAY")
            }
            return effect
        }
        queue.after = { shop, step in try shop.queued(step.thing) }
        return queue
    }()

    private static let start: Move = {
        var start = Move("start", "started", "Start work on queued projects", from: [State.queued], to: .inProgress)
        start.lacks = { shop, step in try shop.facts(ofProject: step.thing).lacksOfHold }
        start.after = { shop, step in try shop.startFirst(of: step.thing) }
        return start
    }()

    private static let complete: Move = {
        var complete = Move(
            "complete", "completed", "Mark projects as completed", from: [State.inProgress], to: .completed, stamps: "completed_on")
        complete.lacks = { shop, step in try shop.facts(ofProject: step.thing).lacksOfHold }
        complete.effect = { _, _ in Effect(values: [("held_on", "NULL"), ("hold_reason", "NULL")]) }
        complete.after = { shop, step in try shop.finishAll(of: step.thing) + shop.completed(step.thing) }
        return complete
    }()

    private static let backToRequest = Move("request", "made a request again", "Take offers back", from: [State.quote], to: .request)

    private static func cancel(_ unfinished: [State]) -> Move {
        var cancel = Move("cancel", "cancelled", "Cancel projects", from: unfinished, to: .cancelled)
        cancel.reason = "why it is cancelled"
        cancel.about = "A hold ends with it. `project reinstate` brings a cancelled project back as an offer."
        cancel.lacks = { shop, step in try shop.facts(ofProject: step.thing).lacksOfGoods }
        cancel.effect = { shop, step in
            let facts = try shop.facts(ofProject: step.thing)
            return Effect(
                values: [
                    ("cancel_reason", "\(step.request.reason)"), ("can_reinstate", "1"), ("held_on", "NULL"), ("hold_reason", "NULL"),
                ], notes: facts.paidOn != nil || facts.hasPayment ? ["project \(step.thing.code) was paid"] : [])
        }
        cancel.after = { shop, step in
            try shop.clearQueue(of: step.thing, because: step.request.reason)
            return try shop.release(step.thing)
        }
        return cancel
    }

    private static let reinstate: Move = {
        var reinstate = Move("reinstate", "reinstated", "Bring cancelled projects back as offers", from: [State.cancelled], to: .quote)
        reinstate.about = "The offer counts from today, and may be reminded of again."
        reinstate.effect = { shop, step in
            Effect(
                values: try shop.offered(step.thing.id, again: true) + [
                    ("cancel_reason", "NULL"), ("can_reinstate", "0"),
                ])
        }
        return reinstate
    }()

    private static let reopen: Move = {
        var reopen = Move("reopen", "reopened", "Go on with completed projects", from: [State.completed], to: .inProgress)
        reopen.lacks = { shop, step in
            let facts = try shop.facts(ofProject: step.thing)
            return facts.deliveredOn == nil ? [] : facts.lacksOfGoods
        }
        reopen.effect = { _, _ in
            Effect(values: [("completed_on", "NULL"), ("notified_on", "NULL"), ("delivered_on", "NULL")])
        }
        reopen.after = { shop, step in try shop.requeue(step.thing.id) }
        return reopen
    }()

    /// The transitions that change no state.
    private static func flags(_ unfinished: [State]) -> [Move] {
        var hold = Move("hold", "put on hold", "Put projects on hold", from: [], to: nil, staying: unfinished, stamps: "held_on")
        hold.reason = "what it waits for"
        hold.about = """
            It is neither queued, started, completed nor expired until `project resume`. Its deadlines move by the days of the hold.
            """
        hold.demand = { shop, step in
            guard let held = try shop.facts(ofProject: step.thing).hold else { return }
            throw Failure(
                .refused, .project, "project \(step.thing.code) is on hold already: \(held)",
                hint: "laseros project resume \(step.thing.code)")
        }
        hold.effect = { _, step in Effect(values: [("hold_reason", "\(step.request.reason)")]) }
        hold.after = { shop, step in try shop.pauseAll(of: step.thing) + shop.release(step.thing) }

        var resume = Move("resume", "resumed", "End the hold of projects", from: [], to: nil, staying: State.allCases)
        resume.about = "The days of the hold are added to the deadline of the payment, to the expiry, and to that of a quote that was sent."
        resume.demand = { shop, step in
            guard try shop.facts(ofProject: step.thing).hold == nil else { return }
            throw Failure(.refused, .project, "project \(step.thing.code) is not on hold")
        }
        resume.effect = { shop, step in try shop.resumed(step.thing) }
        resume.after = { shop, step in try shop.reserveQueued(step.thing) + shop.queueWhenReady(step.thing) }

        var notify = Move(
            "notify", "marked as notified", "Record that the client knows of completed projects", from: [], to: nil,
            staying: [State.completed], stamps: "notified_on")
        notify.about = "It sends nothing. A second time records the new day."
        return [hold, resume, notify, deliver]
    }

    private static let deliver: Move = {
        var deliver = Move(
            "deliver", "delivered", "Deliver projects, whole or in part", from: [], to: nil, staying: [State.inProgress, .completed])
        deliver.about = """
            Makes a delivery with a number, which `delivery list` shows. Without a part it delivers all that is left; `3:2` is two of part 3, \
            `3` all that is left of it. A project without parts is delivered whole. An assembly is delivered as itself: parts that belong to \
            one are delivered with it, or on their own only where they are named.

            When nothing is left the project is delivered; with `--final` it is, whatever is missing. For that it has to be completed.
            """
        return deliver
    }()
}
