import Store
import Values

/// Where the work on an entry of the queue stands.
package enum QueueStatus: String, Choice, Stored, Presentable {
    case queued, running, paused
    /// At a supplier.
    case outside
    case done, removed
}

extension Noun {
    /// An operation that is to be done on parts of a project.
    package static let queue: Noun = {
        var noun = Noun(
            "queue", plural: "entries", "What is to be done next, and where",
            coding: .made("") { _, _ in
                throw Failure(.refused, .queue, "projects are added to the queue", hint: "laseros queue add PROJECT")
            },
            from: """
                aux_queue JOIN queue ON queue.id = aux_queue.queue_id JOIN project ON project.id = queue.project_id
                JOIN client ON client.id = project.client_id LEFT JOIN operation ON operation.id = queue.operation_id
                LEFT JOIN material ON material.id = queue.material_id LEFT JOIN machine ON machine.id = queue.machine_id
                """,
            whatFields + whenFields)
        noun.word = "entry"
        noun.title = nil
        noun.order = "place"
        noun.shown = [Field("waits_for", Line.self, sql: QueueFigures.waitsFor)]
        noun.children = [queuePart, Noun.moves(of: "queue", QueueStatus.self), KeptSlot.rows]
        noun.belongsTo = ["project"]
        noun.searched = ["code", "notes"]
        noun.lifeCycle = .queue
        noun.filters = [
            .reference("client", "-c, --client CODE", "only entries of this client") { "project.client_id = \($0)" },
            Filter("--due-by DAY", Day.self, "only entries of projects due by this day") { day, _ in "project.due <= \(day)" },
        ]
        noun.live = Live(leavingOut: "what is done or removed", unless: "status") { _ in "aux_queue.open" }
        noun.named = [
            Named("ready", "neither running, outside, on hold nor waiting for another operation") { _ in QueueFigures.isOneReady },
            Named("overdue", "due before today") { "aux_queue.open AND project.due < \(try $0.today())" },
        ]
        noun.finds = { shop, typed, guess in try shop.entries(called: typed, guess) }
        noun.contradictions = { shop, touched in try shop.usedBeforeMade(among: touched) }
        noun.settlement = Settlement(
            concerned: { shop, touched in try shop.queuedProjects(among: touched) },
            settle: { shop, project in _ = try shop.settleQueue(project, reason: "a change was undone", following: .reopening) })
        noun.findFaults = { shop, faults in try shop.findWrongRanks(faults) }
        noun.books = .queue
        noun.examples = [
            "list": ["laseros queue list --machine FIBER3", "laseros queue list @ready --csv --fields code,left,due"],
            "edit": ["laseros queue edit last --time 45m"],
        ]
        return noun
    }()

    private static let whatFields: [Field] = [
        Field("project", to: "project", required: true, wide: true).imported(), .name(of: "project"),
        Field("client", Line.self, sql: "client.name", wide: true),
        Field("operation", to: "operation", sql: "coalesce(operation.code, 'cut')").imported(),
        Field("machine", to: "machine", "--machine CODE", "where it is to be done", wide: true),
        Field("material", to: "material", wide: true).imported(),
        Field("thickness_mm", Length.self, column: "thickness_um", sql: "queue.thickness_um", wide: true, filters: true).imported(),
        Field("ordered", Int.self, sql: QueueFigures.ordered, wide: true),
        Field("left", Int.self, sql: QueueFigures.left),
        Field("scrapped", Int.self, sql: QueueFigures.scrapped, wide: true),
        Field(
            "time_s", Seconds.self, "--time TIME", "how long it takes (45m, 2h)", column: "estimate_ms", sql: "queue.estimate_ms",
            wide: true),
    ]

    private static let whenFields: [Field] = [
        Field("priority", Priority.self, sql: "NULL", wide: true).on { _ in "project.priority" },
        Field("due", Day.self, sql: "project.due"),
        Field("status", QueueStatus.self, sql: "queue.status", filters: true).toned { word in
            ["running": .warning, "paused": .warning, "done": .good, "removed": .quiet][word] ?? .plain
        }.imported().indexed(where: "aux_queue.open", without: QueueStatus.done, .removed),
        placeField,
        Field("starts_on", Day.self, sql: "queue.starts_on", wide: true).imported(),
        Field("pinned", Bool.self, sql: "queue.pinned", wide: true).imported(),
        Field("planned_end", Moment.self, sql: "(SELECT max(ends_at) FROM plan_slot WHERE plan_slot.queue_id = queue.id)", wide: true),
        Field("run", to: "run", sql: "(SELECT code FROM run WHERE run.id = queue.run_id)", wide: true, filters: false).imported(),
        Field("purchase", Line.self, column: "line_id", sql: purchaseCode, wide: true).naming(rowOf: "purchase_line"),
        Field("held", Line.self, sql: "iif(project.held_on IS NULL, NULL, coalesce(project.hold_reason, 'yes'))", wide: true),
        Field("added_at", Moment.self, sql: "queue.added_at", wide: true).imported(),
        Field("notes", String.self, "--notes TEXT", "internal notes", sql: "queue.notes", wide: true),
    ]

    /// The purchase with which it is outside.
    private static let purchaseCode: SQL = """
        (SELECT purchase.code FROM purchase_line JOIN purchase ON purchase.id = purchase_line.purchase_id
            WHERE purchase_line.id = queue.line_id)
        """

    /// Whether its place was given by hand. The list is in the order of all places.
    private static let placeField: Field = {
        var field = Field("place", Bool.self, sql: "queue.place IS NOT NULL", wide: true, sorts: true)
        field.order = { _ in ["aux_queue.rank"] }
        return field
    }()

    /// The parts that an entry is about.
    private static let queuePart: Child = {
        // `part` is the place of the row.
        var number = Field("number", to: "part", sql: "part.number")
        (number.column, number.historyName) = ("part_id", "part")
        var child = Child(
            "part", "The parts of an entry", in: "queue_part", of: "queue_id", joining: "LEFT JOIN part ON part.id = queue_part.part_id",
            [
                number,
                Field("title", Line.self, sql: "part.title"),
                Field("quantity", Int.self, sql: "queue_part.quantity"),
                Field("good", Int.self, sql: QueueFigures.good),
                Field("scrapped", Int.self, sql: QueueFigures.partScrapped),
                Field("left", Int.self, sql: QueueFigures.partLeft),
            ])
        child.isPortable = false
        return child
    }()
}

extension LifeCycle {
    private typealias State = QueueStatus

    /// From queued to done. `Shop` makes these transitions together with runs and projects.
    static let queue: LifeCycle = {
        let start = Move("start", "started", "Start work on entries", from: [State.queued, .paused], to: .running)
        let pause = Move("pause", "paused", "Interrupt the work on entries", from: [State.running], to: .paused)
        let finish = Move(
            "finish", "finished", "Record what was made", from: [State.queued, .running, .paused], to: .done)
        let stop = Move("stop", "queued again", "", from: [State.running, .paused], to: .queued, typed: "finish CODE PART:QTY")
        let back = Move("back", "queued again", "", from: [State.outside], to: .queued, typed: "receive CODE PART:QTY")
        let again = Move("again", "queued again", "", from: [State.done], to: .queued, typed: "scrap CODE PART:QTY --reason TEXT")
        let dispatch = Move(
            "dispatch", "dispatched", "Send parts to a supplier", from: [State.queued], to: .outside, typed: "dispatch CODE --purchase CODE"
        )
        let receive = Move("receive", "received", "Record what came back from a supplier", from: [State.outside], to: .done)
        var remove = Move(
            "remove", "removed", "Take entries off the queue", from: [State.queued, .paused, .running, .outside], to: .removed)
        remove.typed = "remove CODE"
        remove.effect = { _, _ in Effect(values: [("line_id", "NULL")]) }
        let add = Move("add", "added", "Put projects into the queue", from: [State.removed], to: .queued, typed: "add PROJECT")
        return LifeCycle(
            "status", "status", open: State.allCases, [start, pause, finish, stop, again, dispatch, receive, back, remove, add])
    }()
}
