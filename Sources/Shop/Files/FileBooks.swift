import Store

extension BookRule {
    /// The columns of `file` with the record that it belongs to.
    private static let owners = [
        "project", "client", "product", "quote", "invoice", "delivery", "material", "machine", "inv", "lot", "supplier", "purchase",
    ]

    static let fileOwner = BookRule(
        "file-owner", "a file belongs to one record, and one of a part to the part's project", of: ["file"],
        """
        SELECT 'file ' || name, CASE WHEN owners = 0 THEN 'belongs to no record' WHEN owners > 1 THEN 'belongs to ' || owners || ' records'
            ELSE 'belongs to a part of another project' END, NULL
        FROM (SELECT name, file.id, part.project_id IS NOT file.project_id AND part_id IS NOT NULL AS is_other,
                \(owners.map { "(file.\(name: $0 + "_id") IS NOT NULL)" as SQL }.joined(" + ")) AS owners
            FROM file LEFT JOIN part ON part.id = part_id)
        WHERE owners <> 1 OR is_other ORDER BY id
        """)
}
