import Store
import Values

/// Where the work on a project stands, computed from its status, its parts and its deliveries. A cancelled project has no stage.
package enum ProjectStage: String, Choice, Stored, Presentable {
    case quoting
    case waitingForMaterial = "waiting-for-material"
    case readyToCut = "ready-to-cut"
    case cutting
    /// None of its parts is cut.
    case waitingForFinishing = "waiting-for-finishing"
    case readyForCollection = "ready-for-collection"
    case delivered
}

extension ProjectStage {
    static let fields: [Field] = [
        Field("stage", ProjectStage.self, sql: "NULL", wide: true).on { _ in column }.toned { word in
            [Self.delivered.rawValue: .good, Self.waitingForMaterial.rawValue: .warning][word] ?? .plain
        },
        Field("stage_since", Moment.self, sql: "NULL", wide: true).on(since),
    ]

    static let filter = Noun.Filter("--stage STAGE", ProjectStage.self, "only projects at this stage, or at any of A,B") { cell, _ in
        ProjectStage(cell: cell)?.condition ?? "0"
    }

    /// The condition for it, such that an index applies, except for what is delivered.
    var condition: SQL {
        switch self {
        case .quoting: "\(Noun.openProjects) AND project.status IN ('request', 'quote')"
        case .waitingForMaterial: "\(Noun.openProjects) AND project.status IN ('approved', 'queued') AND \(Self.awaitsMaterial)"
        case .readyToCut:
            "\(Noun.openProjects) AND project.status IN ('approved', 'queued') AND NOT \(Self.awaitsMaterial) AND NOT \(Self.isOnlyFinished)"
        case .cutting: "\(Noun.openProjects) AND project.status = 'in-progress' AND NOT \(Self.isOnlyFinished)"
        case .waitingForFinishing:
            """
            \(Noun.openProjects) AND project.status IN ('approved', 'queued', 'in-progress') AND \(Self.isOnlyFinished)
                AND (project.status = 'in-progress' OR NOT \(Self.awaitsMaterial))
            """
        case .readyForCollection: Self.toCollect
        case .delivered: "project.status = 'completed' AND project.delivered_on IS NOT NULL"
        }
    }

    /// The condition of a partial index.
    static let toCollect: SQL = "project.status = 'completed' AND project.delivered_on IS NULL"

    /// Whether it waits for material of the shop, or the customer has still to bring material.
    static let awaitsMaterial: SQL = "(\(Shop.awaitedPart) IS NOT NULL OR project.material_awaited_on IS NOT NULL)"

    /// Whether nothing is left to cut: each of its parts, assemblies aside, has other operations only, or all that is cut is done.
    private static let isOnlyFinished: SQL = """
        ((SELECT min(EXISTS (SELECT 1 FROM part_operation WHERE part_id = part.id)
            AND NOT EXISTS (SELECT 1 FROM part_operation WHERE part_id = part.id AND operation_id IS NULL))
        FROM part WHERE part.project_id = project.id
            AND NOT EXISTS (SELECT 1 FROM part_component WHERE assembly_id = part.id)) IS 1
        OR (SELECT min(operation_id IS NOT NULL) FROM queue WHERE queue.project_id = project.id
            AND queue.status NOT IN ('done', 'removed')) IS 1)
        """

    private static let column: SQL = """
        CASE WHEN project.status IN ('request', 'quote') THEN \(quoting.cell)
            WHEN project.status IN ('approved', 'queued') THEN
                CASE WHEN \(awaitsMaterial) THEN \(waitingForMaterial.cell) WHEN \(isOnlyFinished) THEN \(waitingForFinishing.cell)
                    ELSE \(readyToCut.cell) END
            WHEN project.status = 'in-progress' THEN iif(\(isOnlyFinished), \(waitingForFinishing.cell), \(cutting.cell))
            WHEN project.status = 'completed' THEN iif(project.delivered_on IS NULL, \(readyForCollection.cell), \(delivered.cell)) END
        """

    /// When the last transition led into one of these states from another.
    static func entered(_ states: SQL) -> SQL {
        """
        (SELECT move.at FROM move WHERE move.project_id = project.id AND move.to_status IN (\(states))
            AND (move.from_status IS NULL OR move.from_status NOT IN (\(states))) ORDER BY move.position DESC LIMIT 1)
        """
    }

    /// A moment of a day of which no time is known: noon in UTC is within the day in nearly every time zone, but may be still to come today.
    private static func moment(_ day: SQL, today: Day) -> SQL {
        "\(day) || iif(\(day) = \(today), 'T00:00:00.000Z', 'T12:00:00.000Z')"
    }

    @Sendable private static func since(_ today: Day) -> SQL {
        let approved = entered("'approved', 'queued'"), completed = entered("'completed'")
        let received: SQL = "(SELECT max(part.material_received_on) FROM part WHERE part.project_id = project.id)"
        let handed: SQL = """
            coalesce((SELECT max(move.at) FROM move WHERE move.project_id = project.id AND move.verb = 'deliver'),
                \(moment("project.delivered_on", today: today)))
            """
        let begun: SQL = "max(\(entered("'approved', 'queued', 'in-progress'")), coalesce(\(moment(received, today: today)), ''))"
        return """
            CASE WHEN project.status IN ('request', 'quote') THEN coalesce(\(entered("'request', 'quote'")), project.created_at)
                WHEN project.status IN ('approved', 'queued', 'in-progress') AND \(isOnlyFinished)
                    AND (project.status = 'in-progress' OR NOT \(awaitsMaterial)) THEN \(begun)
                WHEN project.status IN ('approved', 'queued') THEN
                    iif(\(awaitsMaterial), \(approved), max(\(approved), coalesce(\(moment(received, today: today)), '')))
                WHEN project.status = 'in-progress' THEN \(entered("'in-progress'"))
                WHEN project.status = 'completed' THEN
                    iif(project.delivered_on IS NULL, \(completed), max(\(handed), coalesce(\(completed), ''))) END
            """
    }
}
