import Store
import Values

/// How urgent a project is.
package enum Priority: String, Choice, Stored, Presentable { case low, normal, high, urgent }

/// The status of a project, which the stages of the job change. A new project is a request.
package enum ProjectStatus: String, Choice, Stored, Presentable {
    case request, quote, approved, queued
    case inProgress = "in-progress"
    case completed, cancelled
}

extension Noun {
    /// A job for a client.
    package static let project: Noun = {
        var noun = Noun(
            "project", "A job for a client, with its drawings and documents",
            coding: .made("JB-") { shop, record in try shop.projectCode(record) },
            from: """
                project JOIN client ON client.id = project.client_id LEFT JOIN material ON material.id = project.material_id
                """,
            orderFields + workFields + dateFields + originFields + ProjectStage.fields)
        noun.children = [projectPart, .files(of: "project"), Noun.moves(of: "project", ProjectStatus.self), .reservations(of: "project")]
        noun.beforeRemoval = { shop, id in try shop.removeUnworked(id) }
        noun.searched = ["code", "name", "description"]
        noun.belongsTo = ["client"]
        noun.lifeCycle = .project
        noun.books = .project
        noun.filters =
            [
                Filter("--due-by DAY", Day.self, "only projects due by this day") { day, _ in "project.due <= \(day)" }
            ] + periodFilters + [ProjectStage.filter]
        noun.live = Live(leavingOut: "what is completed or cancelled", unless: "status", "completed", "delivered", "stage") { _ in
            openProjects
        }
        noun.live?.named = ["collect"]
        noun.named = [
            Named("open", "neither completed nor cancelled") { _ in openProjects },
            Named("overdue", "due before today and not done") { "\(openProjects) AND project.due < \(try $0.today())" },
            Named("late", "not done, and expected after the promised day") { _ in "\(openProjects) AND project.target_on > project.due" },
            Named("mine", "what you look after", isOption: true) { "project.owner = \($0.who)" },
            Named("ready", "approved and not on hold") { _ in
                "\(openProjects) AND project.status = 'approved' AND project.held_on IS NULL"
            },
            Named("waiting", "on hold, or offered and waiting for the client") { _ in
                "\(openProjects) AND (project.held_on IS NOT NULL OR project.status = 'quote')"
            },
            Named("collect", "completed and not delivered") { _ in ProjectStage.toCollect },
            Named("expiring", "offered, not paid, and the offer expires within 10 days") { shop in
                """
                \(openProjects) AND project.status = 'quote' AND project.pop_received_on IS NULL
                AND project.quote_expires_on BETWEEN \(try shop.today()) AND \(try shop.today() + Noun.expiringDays)
                """
            },
        ]
        noun.check = { shop, record in
            if record.id == nil {
                record.fill("created_at", shop.clockCell)
                record.fill("status", ProjectStatus.request)
                if record["status"] == ProjectStatus.cancelled.cell { record.fill("can_reinstate", true) }
            }
            try demandOrigin(shop, &record)
            try demandAmounts(record)
        }
        noun.complete = { shop, record in
            record.fill("owner", shop.who)
            if case .integer(let client)? = record["client"] { try shop.demandActive(client: client) }
            record.fill("priority", try shop.setting(Settings.defaultPriority))
            if record["material"] == nil, let material = try shop.defaultMaterial() { record["material"] = .integer(material.id) }
        }
        noun.advise = { shop, change, ids in
            // What is to be made of it may be other than the queue says.
            let isOther = ["quantity", "material", "thickness_mm"].contains { change[$0] != nil }
            return try shop.lateness(change, ids) + shop.defaults(in: change) + (isOther ? ids.flatMap { try shop.requeue($0) } : [])
        }
        noun.contradictions = { shop, touched in
            try shop.overDelivered(among: touched) + shop.circles(among: touched) + shop.originCircles(among: touched)
        }
        noun.settlement = Settlement(
            concerned: { shop, touched in try shop.deliveredProjects(among: touched) }, settle: { shop, id in try shop.settle(id) })
        noun.codeAliases = ["project_code"]
        noun.unkept = [
            "client_name", "pop_received", "client_notified", "delivery_confirmed", "updated_at", "design_files_count", "documents_count",
            "on_hold", "quote_reminder_sent", "dxf_files", "quote_files",
            "invoice_files", "pop_files", "delivery_note_files", "image_files",
        ]
        noun.examples = [
            "add": ["laseros project add 'Gate hinges' --client CL-0001 --material MS --thickness 3 --quantity 4 --due +2w"],
            "part edit": ["laseros project part edit last 1 --quantity 6 --operations cut,tap"],
            "part move": ["laseros project part move last 2 --to 1"], "part remove": ["laseros project part remove last 4"],
            "attach": ["laseros project attach last 0001-Flange-MS-10mm-x4.dxf 0002-Bracket-MS-5mm-x10.dxf"],
            "detach": ["laseros project detach last 0001-Flange-MS-10mm-x4.dxf"],
            "extract": ["laseros project extract last --to extracted"],
            "cancel": ["laseros project cancel last 'the client has bought elsewhere'"], "hold": ["laseros project hold last 'no steel'"],
            "queue": ["laseros project queue last", "laseros project queue --all-matching @ready --dry-run"],
        ]
        return noun
    }()

    /// - Throws: `refused` for a negative amount.
    private static func demandAmounts(_ record: Record) throws {
        for (field, what) in [("quoted_price", "price"), ("final_price", "price"), ("fault_cost", "cost")] {
            guard let amount: Money = record.value(field), amount < .zero else { continue }
            throw Failure(.refused, .project, "a \(what) is not negative", reason: .field(field))
        }
    }

    /// Projects that are not finished, in the words of the partial index.
    static let openProjects: SQL = "project.status NOT IN ('completed', 'cancelled')"

    private static let orderFields: [Field] = [
        Field("name", Line.self, "--name NAME", "the project's name", sql: "project.name", operand: "NAME", sorts: true).short().known(
            as: "project_name"),
        Field("client", to: "client", "-c, --client CODE", "the client", required: true).known(as: "client_code"),
        .name(of: "client"),
        Field("status", ProjectStatus.self, "", "where it stands", sql: "project.status", filters: true).toned { word in
            ["completed": .good, "cancelled": .quiet, "in-progress": .warning][word] ?? .plain
        }.imported().said([
            "quote & approval": "quote", "approved (pop received)": "approved", "queued (scheduled for cutting)": "queued",
            "in progress": "in-progress",
        ]).indexed(where: openProjects, without: ProjectStatus.completed, .cancelled),
        Field("priority", Priority.self, "--priority low|normal|high|urgent", "how urgent it is", wide: true, filters: true)
            .indexed(where: "project.priority <> 'normal'", without: Priority.normal),
        Field("due", Day.self, "-d, --due DAY", "the day that is promised", sorts: true).known(as: "due_date").ahead(),
        Field("expected_on", Day.self, "--expected DAY", "the day on which it is now expected to be done", column: "target_on", wide: true)
            .known(as: "target_on", "target_complete_date").ahead(),
        Field("owner", Line.self, "--owner NAME", "who looks after it; a new one is yours", wide: true, filters: true)
            .known(as: "assigned_to").unshared(),
        Field("description", String.self, "--description TEXT", "what is to be done", sql: "project.description", wide: true),
    ]

    private static let workFields: [Field] = [
        Field("material", to: "material", "-m, --material CODE", "the material to cut", wide: true).known(as: "material_type"),
        Field(
            "thickness_mm", Length.self, "-t, --thickness MM", "thickness of the material", column: "thickness_um", wide: true,
            filters: true
        ).known(
            as: "material_thickness_mm", "material_thickness"),
        Field("quantity", Count.self, "--quantity NUMBER", "how many parts", wide: true).known(as: "parts_quantity"),
        Field("sheet_size", Size.self, "--sheet-size SIZE", "size of the sheets: width x height in mm", wide: true),
        Field("sheets", Int.self, "--sheets NUMBER", "how many sheets it takes", wide: true).known(as: "material_quantity_sheets"),
        Field("bends", Int.self, "--bends NUMBER", "how many bends", wide: true).known(as: "number_of_bins"),
        Field("cut_time_s", Seconds.self, "--cut-time TIME", "how long the cutting takes (90m, 2h)", column: "cut_time_ms", wide: true)
            .known(
                as: "estimated_cut_time", "estimated_cut_time_minutes", unit: "m"),
        Field("drawing_time_s", Seconds.self, "--drawing-time TIME", "how long the drawing takes", column: "drawing_time_ms", wide: true)
            .known(
                as: "drawing_creation_time", "drawing_creation_time_minutes", unit: "m"),
        Field(
            "quoted_price", Money.self, "--quoted-price AMOUNT", "the price that was quoted, before VAT", column: "quoted_price_cents",
            wide: true
        ).unshared(),
        Field(
            "final_price", Money.self, "--final-price AMOUNT", "the price that was agreed, before VAT", column: "final_price_cents",
            wide: true
        ).unshared(),
        Field("notes", String.self, "--notes TEXT", "internal notes", sql: "project.notes", wide: true),
    ]

    private static let dateFields: [Field] =
        [
            Field("quoted_on", Day.self, wide: true).imported().known(as: "quote_date"),
            Field("quote_expires_on", Day.self, wide: true).imported(),
            Field("material_awaited_on", Day.self, wide: true).imported(),
            Field("quote_reminded_on", Day.self, wide: true).imported(),
            Field("approved_on", Day.self, wide: true).imported().known(as: "approval_date"),
            Field("pop_received_on", Day.self, wide: true).imported().known(as: "pop_received_date"),
            Field("pop_deadline", Day.self, wide: true).imported(),
            Field("scheduled_on", Day.self, "--scheduled DAY", "when it is to be cut", wide: true).known(as: "scheduled_cut_date")
                .ahead(),
            Field("completed_on", Day.self, wide: true).imported().known(as: "completion_date"),
            Field("notified_on", Day.self, wide: true).imported().known(as: "client_notified_date"),
            Field("delivered_on", Day.self, wide: true).imported().known(as: "delivery_confirmed_date"),
            Field("held_on", Day.self, wide: true).imported().known(as: "on_hold_date"),
            Field("hold_reason", Line.self, wide: true).imported().known(as: "on_hold_reason"),
            Field("cancel_reason", Line.self, wide: true).imported().known(as: "cancellation_reason"),
            Field("can_reinstate", Bool.self, wide: true).imported(),
            Field("created_at", Moment.self, sql: "project.created_at", wide: true, sorts: true).imported(),
        ]
}

extension Shop {
    /// The material of a new project that names none.
    func defaultMaterial() throws -> RecordID? {
        let name = try setting(Settings.defaultMaterial)
        guard !name.isEmpty else { return nil }
        do { return try find(.material, name, guessing: .names) } catch var failure as Failure where failure.kind == .notFound {
            failure.message += ", which the setting \(Settings.defaultMaterial.name) names"
            failure.hint = "laseros config set \(Settings.defaultMaterial.name) CODE"
            throw failure
        }
    }

    /// The value of a setting as it is stored: of one that names a record, the record's code.
    package func namedCode(_ setting: String, _ value: String) throws -> String {
        setting == Settings.defaultMaterial.name && !value.isEmpty ? try find(.material, value).code : value
    }

    /// A note about the material that a new project has by default.
    fileprivate func defaults(in new: Record) throws -> [String] {
        guard new.id == nil, new["material"] == nil, let material = try defaultMaterial() else { return [] }
        return ["material \(material.code), as in the setting \(Settings.defaultMaterial.name)"]
    }

    /// Warns of projects that a change makes later than promised.
    fileprivate func lateness(_ change: Record, _ ids: [Int]) throws -> [String] {
        guard ["due", "expected_on"].contains(where: { change[$0]?.isNull == false }) else { return [] }
        let late = try data.all("SELECT code, target_on, due FROM project WHERE id IN (\(SQL.ids(ids))) AND target_on > due") { row in
            (code: row.text(0), expected: try row.get(1) as Day, promised: try row.get(2) as Day)
        }
        guard late.count == 1 else { return late.isEmpty ? [] : ["\(late.count) projects are expected after the day that is promised"] }
        let days = late[0].expected.number - late[0].promised.number
        return ["project \(late[0].code) is expected \(counted(days, "day")) after \(late[0].promised), the day that is promised"]
    }

    /// `JB-2026-11-CL0001-001`: the current year and month, the client's code without its hyphen, and a number within these.
    func projectCode(_ record: Record) throws -> String {
        guard case .integer(let client)? = record["client"],
            let code = try data.one("SELECT code FROM client WHERE id = \(client)", { $0.text(0) })
        else { throw Failure(.usage, .project, "a project needs a client") }
        let (year, month, _) = try today().civil
        // An older client code may contain any characters. The limit leaves room for the number.
        let letters = code.utf8.filter { $0 != UInt8(ascii: "-") && Record.isCodeByte($0) }.prefix(Record.longestCode - 20)
        let prefix = "JB-\(year)-" + "\(month)".padded(to: 2, with: "0") + "-" + String(decoding: letters, as: UTF8.self) + "-"
        return try nextCode(prefix, digits: 3, in: "project")
    }
}
