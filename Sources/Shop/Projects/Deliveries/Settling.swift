import Store
import Values

/// How much of a part is where.
struct PartStanding {
    var id: Int
    var number: Int
    var ordered: Int?
    /// What was handed over of it, on its own and within assemblies.
    var delivered: Int
    /// What deliveries name of it.
    var handed: Int
    /// Whether it belongs to an assembly.
    var isComponent: Bool
    /// What is left of it that no undelivered assembly needs.
    var spare = 0

    var left: Int { max(0, (ordered ?? 0) - delivered) }
}

/// Decides whether a project is delivered. `delivered_on` is the day of its last delivery once it is completed and nothing is left, or
/// one of its deliveries is final.
extension Shop {
    /// Brings `delivered_on` up to date. A project without deliveries keeps its day, which an older shop may have brought.
    /// - Throws: `refused` if more was delivered of a part than is ordered.
    func settle(_ project: Int, without removed: Int? = nil) throws {
        let found = try data.one(
            """
            SELECT status, max(delivery.day), max(delivery.final), count(delivery.id) FROM project
            LEFT JOIN delivery ON delivery.project_id = project.id AND delivery.id IS NOT \(removed) WHERE project.id = \(project)
            """
        ) { (status: $0.text(0), day: try $0.get(1) as Day?, isFinal: $0.int(2) != 0, count: $0.int(3)) }
        guard let found, found.count > 0 || removed != nil else { return }
        if let first = try overDelivered("part.project_id = \(project)").first {
            throw Failure(
                .refused, .delivery, "part \(first)", hint: "laseros delivery list --project \(try code(of: .project, project) ?? "")")
        }
        let isDelivered =
            try found.status == ProjectStatus.completed.rawValue && found.count > 0
            && (found.isFinal
                || standings(project, without: removed).allSatisfy {
                    $0.ordered != nil && $0.spare == 0 || $0.isComponent && $0.ordered == nil
                })
        try set(isDelivered ? found.day : nil, of: project)
    }

    /// - Throws: `refused` for a project whose last delivery was final, to which nothing is added.
    func demandNotFinal(_ project: Int) throws {
        let final = try data.one("SELECT code FROM delivery WHERE project_id = \(project) AND final = 1 ORDER BY id DESC LIMIT 1") {
            $0.text(0)
        }
        guard let final, let code = try code(of: .project, project) else { return }
        throw Failure(
            .refused, .delivery, "\(final) was the final delivery of project \(code)",
            hint: "laseros delivery edit \(final) --final no; laseros project repeat \(code) makes another job")
    }

    private func set(_ day: Day?, of project: Int) throws {
        try data.run("UPDATE project SET delivered_on = \(day) WHERE id = \(project) AND delivered_on IS NOT \(day)")
    }

    /// The projects with deliveries that rows with these ids belong to.
    func deliveredProjects(among touched: [String: ClosedRange<Int>]) throws -> Set<Int> {
        Set(
            try touched.flatMap { table, ids -> [Int] in
                guard let owners = Shop.projects(of: table, "BETWEEN \(ids.lowerBound) AND \(ids.upperBound)") else { return [] }
                return try data.all("SELECT DISTINCT project_id FROM delivery WHERE project_id IN (\(owners))") { $0.int(0) }
            })
    }

    private static func projects(of table: String, _ range: SQL) -> SQL? {
        switch table {
        case "part": "SELECT project_id FROM part WHERE id \(range)"
        case "part_component":
            "SELECT project_id FROM part WHERE id IN (SELECT assembly_id FROM part_component WHERE id \(range))"
        case "delivery": "SELECT project_id FROM delivery WHERE id \(range)"
        case "delivery_line":
            "SELECT project_id FROM delivery WHERE id IN (SELECT delivery_id FROM delivery_line WHERE id \(range))"
        // A wide range may contain most projects, nearly all of which are as they should be.
        case "project": "SELECT id FROM project WHERE (status = 'completed') <> (delivered_on IS NOT NULL) AND id \(range)"
        default: nil
        }
    }

    /// The parts of a project, in their order.
    func standings(_ project: Int, without removed: Int? = nil) throws -> [PartStanding] {
        var parts = try data.all(
            """
            SELECT id, number, quantity, coalesce((
                SELECT sum(quantity) FROM delivery_line WHERE part_id = part.id AND delivery_id IS NOT \(removed)), 0), \(Shop.isComponent)
            FROM part WHERE project_id = \(project) ORDER BY position
            """
        ) { row in
            PartStanding(
                id: row.int(0), number: row.int(1), ordered: try row.get(2), delivered: row.int(3), handed: row.int(3),
                isComponent: row.int(4) != 0)
        }
        guard parts.contains(where: \.isComponent) else {
            for i in parts.indices { parts[i].spare = parts[i].left }
            return parts
        }
        let uses = try uses(project), places = Dictionary(uniqueKeysWithValues: parts.enumerated().map { ($1.id, $0) })
        // In a circle, which only another program can have written, nothing is taken.
        var known: [Int: Int] = [:]
        /// What assemblies have taken of a part, at most a number that no order reaches.
        func within(_ part: Int) -> Int {
            if let taken = known[part] { return taken }
            known[part] = 0
            let taken = (uses[part] ?? []).reduce(0) { sum, use in
                guard let place = places[use.assembly] else { return sum }
                let (product, isOver) = use.count.multipliedReportingOverflow(by: parts[place].handed + within(use.assembly))
                return min(sum + (isOver ? Count.sound.upperBound : min(product, Count.sound.upperBound)), Count.sound.upperBound)
            }
            known[part] = taken
            return taken
        }
        for i in parts.indices {
            // An assembly may contain more of a part than is ordered of it.
            parts[i].delivered = max(parts[i].handed, min(parts[i].handed + within(parts[i].id), parts[i].ordered ?? 0))
        }
        for i in parts.indices {
            let needed = (uses[parts[i].id] ?? []).reduce(0) { $0 + $1.count * (places[$1.assembly].map { parts[$0].left } ?? 0) }
            parts[i].spare = max(0, parts[i].left - needed)
        }
        return parts
    }

    /// The assemblies that each part belongs to, by its id.
    func uses(_ project: Int) throws -> [Int: [PartComponent]] { Dictionary(grouping: try components(ofProject: project), by: \.part) }
}
