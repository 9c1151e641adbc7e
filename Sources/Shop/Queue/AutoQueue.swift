import Store
import Values

extension Settings {
    package static let autoQueue = Setting(
        "auto_queue", true, "whether an approved project goes into the queue by itself once it is complete and its material is there")
}

/// Queues approved projects by themselves.
extension Shop {
    /// Queues an approved project by itself, if the setting says so, it is complete and its material is there.
    /// - Returns: notes for the user: that it is queued, or which material it waits for.
    @discardableResult
    func queueWhenReady(_ project: RecordID) throws -> [String] {
        guard try setting(Settings.autoQueue), try state(of: .project, project.id) == ProjectStatus.approved.rawValue else { return [] }
        let facts = try facts(ofProject: project)
        guard facts.hold == nil, facts.lacksOfMaterial.isEmpty, facts.lacksOfPayment.isEmpty, try hasQuantities(project.id) else {
            return []
        }
        let short = try shortMaterial(of: project) + (facts.awaitedPart == nil ? [] : ["the customer's"])
        guard short.isEmpty else {
            try data.run("UPDATE project SET material_awaited_on = coalesce(material_awaited_on, \(try today())) WHERE id = \(project.id)")
            return ["project \(project.code) waits for material: \(Shop.listed(short))"]
        }
        guard let queue = LifeCycle.project.move("queue") else { throw Failure(.defect, .project, "projects have no move queue") }
        let reason = "it is complete, and its material is there"
        let notes = try move(.project, project, queue, LifeCycle.Request(reason: reason, isImplied: true))
        return ["project \(project.code) queued"] + notes
    }

    /// Whether it is known how many of each part are ordered, or of the whole.
    private func hasQuantities(_ project: Int) throws -> Bool {
        try data.one(
            """
            SELECT iif(EXISTS (SELECT 1 FROM part WHERE project_id = project.id),
                quantity IS NOT NULL AND (SELECT count(*) FROM part WHERE project_id = project.id) = 1
                    OR NOT EXISTS (SELECT 1 FROM part WHERE project_id = project.id AND part.quantity IS NULL
                        AND NOT EXISTS (SELECT 1 FROM part_component WHERE part_component.part_id = part.id)),
                quantity IS NOT NULL) FROM project WHERE id = \(project)
            """
        ) { $0.int(0) != 0 } ?? false
    }

    /// The items of which less is free than a project needs, each with what is missing. What the shop keeps no item of is not missed.
    private func shortMaterial(of project: RecordID) throws -> [String] {
        try sheetItems(sheetNeeds(of: project)).items.compactMap { item in
            let free = try free(item.thing, for: project).thousandths
            guard let sheets = item.sheets else { return free > 0 ? nil : item.thing.code }
            let missing = sheets * 1000 - free
            return missing > 0 ? "\(Quantity(thousandths: missing)) of \(item.thing.code)" : nil
        }
    }

    /// Queues the projects that waited for items which came.
    /// - Returns: notes for the user.
    func queueWaiting(for items: [Int]) throws -> [String] {
        guard !items.isEmpty else { return [] }
        let waiting = try data.all(
            """
            SELECT id, code FROM project WHERE material_awaited_on IS NOT NULL AND status = 'approved'
                AND EXISTS (SELECT 1 FROM inv WHERE inv.id IN (\(SQL.ids(items))) AND (inv.material_id = project.material_id
                    OR inv.material_id IN (SELECT material_id FROM part WHERE part.project_id = project.id)))
            ORDER BY instr('uhnl', substr(priority, 1, 1)), coalesce(due, '9999-12-31'), id
            """, RecordID.init)
        return try waiting.flatMap { project -> [String] in
            let notes = try queueWhenReady(project)
            return try state(of: .project, project.id) == ProjectStatus.queued.rawValue ? notes : []
        }
    }
}
