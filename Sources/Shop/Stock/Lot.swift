import Store
import Values

/// What a lot consists of: sheets of an item, or one remnant.
package enum LotKind: String, Choice, Stored, Presentable { case sheet, remnant }

/// Along which side of a sheet its grain lies.
package enum Grain: String, Choice, Stored, Presentable { case width, height }

extension Noun {
    /// Sheets that came together, or a remnant.
    package static let lot: Noun = {
        var noun = Noun(
            "lot", "Sheets of one delivery, and remnants: size, heat and certificate", coding: .series("LOT-", digits: 4),
            from: """
                aux_lot JOIN lot ON lot.id = aux_lot.lot_id LEFT JOIN inv ON inv.id = lot.inv_id
                LEFT JOIN material ON material.id = lot.material_id LEFT JOIN client ON client.id = lot.client_id
                """,
            [
                Field("kind", LotKind.self, sql: "lot.kind", wide: true, filters: true).imported(),
                Field("inv", to: "inv").imported(),
                Field("material", to: "material").imported(),
                Field("thickness_mm", Length.self, column: "thickness_um", sql: "lot.thickness_um", filters: true).imported(),
                Field("grade", Line.self, "--grade GRADE", "the grade, such as S355", sql: "lot.grade", wide: true),
                Field("size", Size.self, "--size SIZE", "width x height in mm", sql: "lot.size"),
                Field("area_mm2", Int.self, sql: "lot.area_mm2", wide: true).optional(),
                Field("outline", String.self, sql: "lot.outline", wide: true).imported().optional(),
                Field(
                    "on_hand", Quantity.self, column: "on_hand_millis",
                    sql: "(SELECT on_hand_millis FROM aux_lot WHERE lot_id = lot.id)"
                ).imported().kept { shop, _, lot, cell in try shop.begin(lot: lot, with: cell) },
                Field("reserved", Quantity.self, column: "reserved_millis", sql: "aux_lot.reserved_millis", wide: true),
                Field(
                    "value", Money.self, column: "value_cents",
                    sql: "iif(aux_lot.on_hand_millis > 0, nullif(aux_lot.value_cents, 0), aux_lot.value_cents)", sums: true),
                Field("heat", Line.self, "--heat NUMBER", "the heat number of its certificate", sql: "lot.heat", filters: true).unshared(),
                Field("grain", Grain.self, "--grain width|height", "the side along which its grain lies", sql: "lot.grain", wide: true),
                Field("origin", to: "lot", sql: "(SELECT code FROM lot origin WHERE origin.id = lot.origin_id)", wide: true, filters: false)
                    .imported(),
                Field("client", to: "client", wide: true).imported(),
                Field("location", Line.self, "--location PLACE", "where it is", sql: "lot.location", wide: true, filters: true).short(),
                Field("received_on", Day.self, sql: "lot.received_on", wide: true, sorts: true).imported(),
                Field("notes", String.self, "--notes TEXT", "internal notes", sql: "lot.notes", wide: true),
            ])
        // The order of the codes beside what is on hand, so that a list does not read what is used up.
        noun.codeOrder = "aux_lot.code"
        noun.title = nil
        noun.searched = ["code", "heat", "grade", "location"]
        noun.belongsTo = ["inv"]
        noun.children = [Movement.rows(of: "lot"), .reservations(of: "lot"), .files(of: "lot")]
        noun.sums = RunningSums(
            RunningSum(
                "on_hand_millis", of: "movement", "quantity_millis", check: ("lot_on_hand_not_negative", "on_hand_millis >= 0"),
                triggers: "lot_movement"),
            RunningSum("reserved_millis", of: "reservation", "quantity_millis", triggers: "lot_reservation"),
            RunningSum("value_cents", of: "aux_movement", "change_cents", triggers: "lot_value", rows: "movements"))
        noun.sums?.copies = ["code"]
        noun.settlement = .ofStock("lot")
        noun.books = .lot
        noun.live = Live(leavingOut: "what is used up", unless: "heat") { _ in "aux_lot.on_hand_millis > 0" }
        noun.check = { shop, record in
            try shop.completeRemnant(&record)
            try shop.completeLot(&record)
            try shop.leaveOnHand(of: &record)
        }
        noun.importNotes = { shop in shop.countNotes("lot") }
        noun.afterWriting = { shop, id in try shop.revalueIfOwnerChanged("lot", id) }
        noun.beforeRemoval = { shop, id in
            try shop.demandNoMovements(of: .lot, id) {
                "laseros inv waste \($0) QTY REASON takes out what is left, and lists leave it out then"
            }
        }
        return noun
    }()
}
