import Console
import Shop
import Store
import Values

private let from = Option<Day>("--from DAY", "from this day; today where nothing is said")
private let machine = Option<Line>("--machine CODE", "only what is done there", from: .codes("machine"))
private let keep = Flag("--keep", "store the plan in place of the one that was kept last", stores: true)

let planCommand: Command = {
    let proposing = reads(
        "queue plan", "Propose what is done when and where", [from, machine, keep, Standard.dryRun], permission: .view,
        relations: [.excludes(["machine", "keep"]), .needs("dry-run", "keep")],
        about: """
            Lays the queue on the hours of the machines, behind public holidays and exceptions. Operations wait for those before them, for \
            material that is on order and for work outside. A job is split over shifts and begins only when it is ready; of what is ready the first \
            is what started, then places by hand, then what has to be done soonest. Times are as long as the runs of the same material and thickness \
            really took, from 30 runs on. It says what is late and why, what has no place, what pins make late, and what became late since the plan \
            that was kept last. Without `--keep` it stores nothing.
            """,
        examples: ["laseros queue plan", "laseros queue plan --from mon --machine FIBER3 --csv", "laseros queue plan --keep"],
        answer: PlanRow.headings
    ) { call, shop in
        let place = try call[machine].map { try shop.find(.machine, $0.text).id }, plan = try shop.planQueue(from: call[from])
        return Output.rows(Listing(plan.rows(on: place), PlanRow.columns)).noting(plan.notes)
    }
    var command = proposing
    command.body = { call, answer in
        guard call[keep] else { return try proposing.body(call, answer) }
        try call.session.demand(.floor, for: proposing.name)
        let shop = try openShop(call, .writing)
        try store(call, shop, answer) {
            let plan = try shop.planQueue(from: call[from]), rows = plan.rows()
            try shop.keep(plan)
            let placed = rows.count { $0.machine != nil }, late = plan.plan.late.count
            let sentence = "plan of \(counted(placed, "entry", "entries")) kept" + (late > 0 ? ", \(counted(late, "project")) late" : "")
            return Output.done(sentence, all: Listing(rows, PlanRow.columns)).previewing(Listing(rows, PlanRow.columns)).noting(plan.notes)
        }
    }
    return command
}()

private let project = Maybe<Line>("PROJECT", "the project that is asked for", from: .codes("project"))
private let minutes = Option<Count>("--minutes NUMBER", "for so many minutes of cutting")
private let material = Option<Line>("-m, --material CODE", "of this material", from: .codes("material"))
private let thickness = Option<Length>("-t, --thickness MM", "of this thickness")
private let place = Option<Line>("--machine CODE", "on this machine; else on any laser", from: .codes("machine"))

let promiseCommand = reads(
    "queue promise", "Find the earliest honest day for a job", [project, minutes, material, thickness, place], permission: .view,
    relations: [
        .oneOf(["PROJECT", "minutes"]), .excludes(["PROJECT", "minutes"]), .needs("minutes", "material"), .needs("material", "minutes"),
        .needs("thickness", "minutes"), .needs("machine", "minutes"),
    ],
    about: """
        The day on which it would be done behind all that is queued, without moving anything: `likely` by the time that runs of the same material \
        and thickness take on the average, `safe` by the time that four of five stay below. With fewer than 30 runs the estimate stands. Material \
        that is missing comes as it is on order, else after the supplier's lead days.
        """,
    examples: ["laseros queue promise JB-2026-08-CL0002-001", "laseros queue promise --minutes 240 --material SS --thickness 2"],
    answer: QueuePromise.headings
) { call, shop in
    let found: (promise: QueuePromise, notes: [String])
    if let minutes = call[minutes], let material = call[material] {
        found = try shop.promise(
            Seconds(ms: minutes.value * 60_000), of: shop.find(.material, material.text), call[thickness],
            on: call[place].map { try shop.find(.machine, $0.text) })
    } else {
        found = try shop.promise(shop.find(.project, call[project]?.text ?? ""))
    }
    return Output.record(Listing([found.promise], QueuePromise.columns)).noting(found.notes)
}

private let days = Option<Count>("--days NUMBER", "for so many days; else 14")

let loadCommand = reads(
    "queue load", "Show how full the machines are, day by day", [from, days, machine], permission: .view,
    about: """
        The capacity of a day is the time of its shifts, of today what is left of them; the load is what `laseros queue plan` lays on them. Days on \
        which a machine is closed are left out.
        """,
    examples: ["laseros queue load", "laseros queue load --from mon --days 5 --machine FIBER3 --csv"], answer: LoadRow.headings
) { call, shop in
    let place = try call[machine].map { try shop.find(.machine, $0.text).id }
    let rows = try shop.planQueue(from: call[from]).load(days: call[days]?.value ?? 14, on: place) { load, capacity in
        Bar.text(Double(load), of: Double(capacity), width: 20)
    }
    return .rows(Listing(rows, LoadRow.columns))
}
