import Store

extension [BookRule] {
    static let project: [BookRule] = [
        BookRule(
            "project-hold", "what is on hold is not finished", of: ["project"],
            """
            SELECT 'project ' || code, status || ', on hold since ' || held_on, NULL FROM project
            WHERE held_on IS NOT NULL AND status IN ('completed', 'cancelled') ORDER BY id
            """),
        BookRule(
            "part-numbers", "no two parts of a project have the same number", of: ["part"],
            """
            SELECT 'project ' || code, count(*) || ' parts have number ' || number, NULL FROM part JOIN project ON project.id = project_id
            GROUP BY project_id, number HAVING count(*) > 1
            """),
        BookRule(
            "part-components", "an assembly consists of other parts of its project", of: ["part_component"],
            """
            SELECT 'project ' || code, 'part ' || assembly.number || iif(assembly.id = part.id, ' contains itself',
                ' contains a part of another project'), NULL
            FROM part_component JOIN part AS assembly ON assembly.id = assembly_id JOIN part ON part.id = part_id
            JOIN project ON project.id = assembly.project_id WHERE assembly.id = part.id OR assembly.project_id <> part.project_id
            """),
    ]

    static let delivery: [BookRule] = [
        BookRule(
            "delivery-lines", "a delivery hands out parts of its own project", of: ["delivery_line"],
            """
            SELECT 'delivery ' || delivery.code || ' line ' || delivery_line.position, 'its part is of another project', NULL
            FROM delivery_line JOIN delivery ON delivery.id = delivery_id JOIN part ON part.id = part_id
            WHERE part.project_id <> delivery.project_id
            """),
        BookRule(
            "delivery-pieces", "no more is delivered of a part than is ordered", of: ["delivery_line", "part"],
            """
            SELECT 'project ' || project.code, sum(delivery_line.quantity) || ' of part ' || part.number || ' are delivered',
                coalesce(part.quantity, 0)
            FROM delivery_line JOIN part ON part.id = part_id JOIN project ON project.id = part.project_id
            GROUP BY part.id HAVING sum(delivery_line.quantity) > coalesce(part.quantity, 0)
            """),
        BookRule(
            "delivery-day", "a delivered project is completed, and has the day of its last delivery", of: ["delivery", "project"],
            """
            SELECT 'project ' || code, status || ', delivered on ' || coalesce(delivered_on, 'no day'), last FROM (
                SELECT project.code, status, delivered_on, max(delivery.day) AS last, max(final) AS is_final
                FROM delivery JOIN project ON project.id = project_id GROUP BY project.id)
            WHERE delivered_on IS NOT NULL AND (status <> 'completed' OR delivered_on <> last)
                OR delivered_on IS NULL AND status = 'completed' AND is_final
            """),
    ]
}
