import Store
import Values

extension Noun {
    /// The filters of projects by ranges of days. Each is searched in an index.
    static let periodFilters: [Filter] = [
        Filter("-d, --due PERIOD", Period.self, "only projects due in this period") { period, _ in within("project.due", period) },
        Filter("--created PERIOD", Period.self, "only projects added in this period") { period, shop in
            try within(moments: "project.created_at", period, shop)
        },
        Filter("--completed PERIOD", Period.self, "only projects completed in this period") { period, _ in
            within("project.completed_on", period)
        },
        Filter("--delivered PERIOD", Period.self, "only projects of which something was delivered in this period") { period, _ in
            // Imported projects have a day of delivery without a delivery.
            """
            project.id IN (SELECT id FROM project WHERE \(within("delivered_on", period))
                UNION ALL SELECT project_id FROM delivery WHERE \(within("day", period)))
            """
        },
    ]
}
