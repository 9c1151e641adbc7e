import Store
import Values

/// How urgent a project is.
package enum Priority: String, Choice, Stored, Presentable { case low, normal, high, urgent }

/// Where a project stands. What moves it comes with the life of a job; a new one is a request.
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
            coding: .made { shop, record in try shop.projectCode(record) },
            from: """
                project JOIN client ON client.id = project.client_id LEFT JOIN material ON material.id = project.material_id
                """,
            orderFields + workFields + dateFields)
        noun.parts = [("file", "project_id")]
        noun.filters = [
            Filter("--due-by DAY", Day.self, "only what is due by then") { day, _ in "project.due <= \(day)" }
        ]
        noun.check = { shop, record in
            if record.id == nil {
                record.fill("created_at", shop.clockCell)
                record.fill("status", ProjectStatus.request)
            }
        }
        noun.sectionHeadings = [Heading("files", .nested)]
        noun.sections = { shop, id in [(Heading("files", .nested), try shop.fileNames(of: id))] }
        noun.examples = ["add": ["laseros project add 'Gate hinges' --client CL-0001 --material MS --thickness 3 --quantity 4 --due +2w"]]
        return noun
    }()

    private static let orderFields: [Field] = [
        Field("name", Line.self, "--name NAME", "what it is", sql: "project.name", operand: "NAME", sorts: true),
        Field("client", to: "client", "-c, --client CODE", "who it is for", required: true),
        Field("status", ProjectStatus.self, "", "where it stands", sql: "project.status", filters: true).toned { word in
            ["completed": .good, "cancelled": .quiet, "in-progress": .warning][word] ?? .plain
        },
        Field("priority", Priority.self, "--priority low|normal|high|urgent", "how urgent it is", wide: true, filters: true),
        Field("due", Day.self, "-d, --due DAY", "when it is wanted", sorts: true),
        Field("description", String.self, "--description TEXT", "what is to be done", sql: "project.description", wide: true),
    ]

    private static let workFields: [Field] = [
        Field("material", to: "material", "-m, --material CODE", "what is cut", wide: true),
        Field("thickness_mm", Length.self, "-t, --thickness MM", "how thick", column: "thickness_um", wide: true, filters: true),
        Field("quantity", Count.self, "--quantity NUMBER", "how many parts", wide: true),
        Field("sheet_size", Size.self, "--sheet-size SIZE", "of the sheets, width x height in mm", wide: true),
        Field("sheets", Int.self, "--sheets NUMBER", "how many sheets it takes", wide: true),
        Field("bends", Int.self, "--bends NUMBER", "how many bends", wide: true),
        Field("cut_time_s", Seconds.self, "--cut-time TIME", "how long the cutting takes (90m, 2h)", column: "cut_time_ms", wide: true),
        Field("drawing_time_s", Seconds.self, "--drawing-time TIME", "how long the drawing takes", column: "drawing_time_ms", wide: true),
        Field("quoted_price", Money.self, "--quoted-price AMOUNT", "before VAT", column: "quoted_price_cents", wide: true),
        Field("final_price", Money.self, "--final-price AMOUNT", "before VAT", column: "final_price_cents", wide: true),
        Field("notes", String.self, "--notes TEXT", "what else to know", sql: "project.notes", wide: true),
    ]

    private static let dateFields: [Field] =
        [
            "quoted_on", "quote_expires_on", "quote_reminded_on", "approved_on", "pop_received_on", "pop_deadline", "scheduled_on",
            "target_on",
            "completed_on", "notified_on", "delivered_on", "held_on",
        ].map { Field($0, Day.self, wide: true) } + [
            Field("hold_reason", String.self, wide: true),
            Field("cancel_reason", String.self, wide: true),
            Field("can_reinstate", Bool.self, wide: true),
            Field("created_at", Moment.self, sql: "project.created_at", wide: true, sorts: true),
        ]
}

extension Shop {
    /// `JB-2026-11-CL0001-001`: year and month of today, the client's code without its hyphen, and a number that counts within these.
    func projectCode(_ record: Record) throws -> String {
        guard case .integer(let client)? = record["client"],
            let code = try data.one("SELECT code FROM client WHERE id = \(client)", { $0.text(0) })
        else { throw Failure(.usage, "a project needs a client") }
        let (year, month, _) = try today().civil
        let prefix = "JB-\(year)-" + "\(month)".padded(to: 2, with: "0") + "-" + code.filter { $0 != "-" } + "-"
        return try nextCode(prefix, digits: 3)
    }

    /// The files of a project, as `show` has them.
    func fileNames(of project: Int) throws -> Nested {
        .array(
            try data.all("SELECT name, kind, bytes FROM file WHERE project_id = \(project) ORDER BY name") { row in
                .object([Nested.Member("name", row.text(0)), Nested.Member("kind", row.text(1)), Nested.Member("bytes", row.int(2))])
            })
    }
}
