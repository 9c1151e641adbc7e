import Store
import Values

extension Shop {
    /// Takes what a project has used from what is reserved for it.
    func useReservation(_ thing: StockThing, _ used: Quantity, of project: RecordID) throws {
        let own: SQL = thing.lot.map { "(lot_id = \($0.id) OR lot_id IS NULL AND inv_id = \(thing.item?.id))" } ?? "inv_id = \(thing.item?.id)"
        let rows = try data.all(
            "SELECT id, quantity_millis FROM reservation WHERE project_id = \(project.id) AND \(own) ORDER BY lot_id IS NULL, id"
        ) { (id: $0.int(0), millis: $0.int(1)) }
        var left = used.thousandths
        for row in rows where left > 0 {
            if row.millis <= left {
                try data.run("DELETE FROM reservation WHERE id = \(row.id)")
            } else {
                try data.run("UPDATE reservation SET quantity_millis = quantity_millis - \(left) WHERE id = \(row.id)")
            }
            left -= min(left, row.millis)
        }
    }
}
