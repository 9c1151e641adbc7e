import Store
import Values

/// Why a project was made from another one.
package enum OriginKind: String, Choice, Stored, Presentable { case `repeat`, remake }

extension Noun {
    /// What a project was made from, what was wrong with that, and what was made from the project.
    static let originFields: [Field] = [
        Field("origin", to: "project", sql: "(SELECT code FROM project AS first WHERE first.id = project.origin_id)", wide: true)
            .imported(),
        Field("origin_kind", OriginKind.self, wide: true).imported(),
        Field("fault", Line.self, "--fault REASON", "of a remake: what was wrong", wide: true).unshared(),
        Field("fault_cost", Money.self, "--fault-cost AMOUNT", "of a remake: what the fault costs", column: "fault_cost_cents", wide: true)
            .unshared(),
        Field("repeats", String.self, sql: made(.repeat), wide: true),
        Field("remakes", String.self, sql: made(.remake), wide: true),
    ]

    /// The codes of what was made from a project, which the index has in the order of their rows.
    private static func made(_ kind: OriginKind) -> SQL {
        """
        (SELECT group_concat(next.code, ', ') FROM project AS next WHERE next.origin_id = project.id AND next.origin_kind = \(kind))
        """
    }

    /// Only a remake has a fault, and no project comes from itself.
    @Sendable static func demandOrigin(_ shop: Shop, _ record: inout Record) throws {
        if let id = record.id, case .integer(let origin)? = record["origin"], try shop.comes(origin, from: id) {
            throw Failure(.refused, .project, "a project cannot be made from itself", reason: .field("origin"))
        }
        let isFaulty = ["fault", "fault_cost"].contains { record[$0]?.isNull == false }
        guard isFaulty, record["origin_kind"] != OriginKind.remake.cell else { return }
        if let id = record.id, record["origin_kind"] == nil,
            try shop.data.one("SELECT origin_kind FROM project WHERE id = \(id)", { $0.cell(0) }) == OriginKind.remake.cell
        {
            return
        }
        throw Failure(
            .refused, .project, "only a remake has a fault and what it costs", hint: "laseros project remake CODE REASON",
            reason: .field(record["fault"]?.isNull == false ? "fault" : "fault_cost"))
    }
}

extension Shop {
    /// Whether a new origin of a project is that project, or was made from it over others.
    fileprivate func comes(_ origin: Int, from project: Int) throws -> Bool {
        // An import says again what is stored already, which needs no search.
        try data.one(
            """
            WITH RECURSIVE up(id) AS (
                SELECT \(origin) WHERE (SELECT origin_id FROM project WHERE id = \(project)) IS NOT \(origin)
                UNION SELECT origin_id FROM up JOIN project USING (id) WHERE origin_id IS NOT NULL
            ) SELECT 1 FROM up WHERE id = \(project)
            """
        ) { _ in true } ?? false
    }

    /// The projects that come from themselves after an undo, which may have brought origins back.
    func originCircles(among touched: [String: ClosedRange<Int>]) throws -> [String] {
        guard let projects = touched["project"] else { return [] }
        return try data.all(
            """
            WITH RECURSIVE up(project, id) AS (
                SELECT id, origin_id FROM project
                WHERE id BETWEEN \(projects.lowerBound) AND \(projects.upperBound) AND origin_id IS NOT NULL
                UNION SELECT up.project, origin_id FROM up JOIN project USING (id) WHERE origin_id IS NOT NULL
            ) SELECT code FROM project WHERE id IN (SELECT project FROM up WHERE up.id = project) ORDER BY id
            """
        ) { "project \($0.text(0)) would come from itself" }
    }
}

extension LifeCycle {
    /// Approves a new project that remakes another: nobody pays for a fault.
    static let remake: Move = {
        var remake = Move(
            "remake", "approved as a remake", "", from: [ProjectStatus.request], to: .approved, stamps: "approved_on",
            typed: "remake CODE REASON")
        remake.reason = "what was wrong"
        return remake
    }()
}
