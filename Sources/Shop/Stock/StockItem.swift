import Store
import Values

extension Noun {
    /// What is counted in the stock.
    package static let inv: Noun = {
        var noun = Noun(
            "inv", plural: "items", "Stock: what is there, what it is worth, and what is low", coding: .typed,
            from: """
                inv CROSS JOIN aux_inv ON aux_inv.inv_id = inv.id LEFT JOIN material ON material.id = inv.material_id
                LEFT JOIN supplier ON supplier.id = inv.supplier_id LEFT JOIN client ON client.id = inv.client_id
                """,
            [
                Field("name", Line.self, "--name NAME", "what it is called", sql: "inv.name", operand: "NAME", sorts: true).short(),
                Field(
                    "category", Line.self, "--category CATEGORY", "what it belongs to, such as Gas", sql: "inv.category", wide: true,
                    sorts: true, filters: true
                ).short(),
                Field("material", to: "material", "-m, --material CODE", "what it is made of", wide: true).known(as: "material_type"),
                Field(
                    "thickness_mm", Length.self, "-t, --thickness MM", "how thick it is", column: "thickness_um", sql: "inv.thickness_um",
                    wide: true, sorts: true, filters: true
                ).known(as: "thickness"),
                Field("size", Size.self, "--size SIZE", "the size of a sheet: width x height in mm", sql: "inv.size", wide: true)
                    .known(as: "sheet_size"),
                Field("grade", Line.self, "--grade GRADE", "the grade, such as S355", sql: "inv.grade", wide: true),
                Field(
                    "on_hand", Quantity.self, column: "on_hand_millis",
                    sql: "(SELECT on_hand_millis FROM aux_inv WHERE inv_id = inv.id)"
                ).imported().known(as: "quantity_on_hand").kept { shop, _, item, cell in try shop.begin(item: item, with: cell) },
                Field("unit", Line.self, "--unit UNIT", "what it is counted in; default: sheets", sql: "inv.unit").short(40),
                Field("reserved", Quantity.self, column: "reserved_millis", sql: "aux_inv.reserved_millis", wide: true),
                Field("on_order", Quantity.self, column: "on_order_millis", sql: "aux_inv.on_order_millis"),
                Field(
                    "level", Quantity.self, "--level NUMBER", "the level at which it is low", column: "level_millis",
                    sql: "inv.level_millis"
                )
                .known(as: "reorder_level"),
                Field(
                    "order", Quantity.self, "--order NUMBER", "how much is ordered when it is low", column: "order_millis",
                    sql: "inv.order_millis", wide: true
                ).known(as: "reorder_quantity"),
                Field(
                    "unit_cost", Rate.self, "--unit-cost AMOUNT", "what a unit costs where a receipt does not say",
                    column: "unit_cost_micros",
                    sql: "inv.unit_cost_micros", wide: true),
                Field(
                    "value", Money.self, column: "value_cents",
                    sql: "iif(aux_inv.on_hand_millis > 0, nullif(aux_inv.value_cents, 0), aux_inv.value_cents)", sums: true),
                Field("low", Bool.self, sql: "aux_inv.low", wide: true),
                Field("supplier", to: "supplier", "--supplier CODE", "who sells it", wide: true).known(as: "supplier_name")
                    .empty(as: "none"),
                Field(
                    "client", to: "client", "--client CODE", "the client who brought it: it has no value and is used for nobody else",
                    wide: true),
                Field(
                    "location", Line.self, "--location PLACE", "where it is", sql: "inv.location", wide: true, sorts: true, filters: true
                ).short().empty(as: "none"),
                Field("active", Bool.self, "--active yes|no", "whether it is still kept", sql: "inv.active", wide: true, filters: true)
                    .unshared(),
                Field("notes", String.self, "--notes TEXT", "internal notes", sql: "inv.notes", wide: true).empty(as: "none"),
            ])
        noun.word = "item"
        noun.searched = ["code", "name", "category", "grade", "location"]
        noun.codeAliases = ["item_code"]
        noun.unkept = ["id", "supplier_contact", "created_at", "updated_at"]
        noun.children = [Movement.rows(of: "inv"), .reservations(of: "inv"), .files(of: "inv")]
        noun.sums = RunningSums(
            RunningSum("on_hand_millis", of: "movement", "quantity_millis", triggers: "inv_movement"),
            RunningSum("reserved_millis", of: "reservation", "quantity_millis", triggers: "inv_reservation"),
            RunningSum("on_order_millis", of: "purchase_line", "open_millis", triggers: "inv_on_order"),
            RunningSum("value_cents", of: "aux_movement", "change_cents", triggers: "inv_value", rows: "movements"))
        noun.sums?.copies = ["level_millis", "active"]
        noun.sums?.generated = [
            ("low", "coalesce(active AND level_millis > 0 AND on_hand_millis - reserved_millis + on_order_millis <= level_millis, 0)")
        ]
        noun.settlement = .ofStock("inv")
        noun.live = Live(leavingOut: "what is not kept any more", unless: "active") { _ in "inv.active" }
        noun.named = [
            Named("low", "what is at its level or below it, with what is on order, without what is reserved") { _ in
                Shop.isLow
            }
        ]
        noun.check = { shop, record in
            if record.id == nil { record.fill("unit", "sheets") }
            try shop.leaveOnHand(of: &record)
        }
        noun.importNotes = { shop in shop.countNotes("inv") }
        noun.afterWriting = { shop, id in
            try shop.data.run(
                """
                UPDATE lot SET client_id = (SELECT client_id FROM inv WHERE id = \(id))
                WHERE inv_id = \(id) AND client_id IS NOT (SELECT client_id FROM inv WHERE id = \(id))
                """)
            try shop.revalueIfOwnerChanged("inv", id)
        }
        noun.beforeRemoval = { shop, id in
            try shop.demandNoMovements(of: .inv, id) { "laseros inv edit \($0) --active no leaves it out of lists" }
        }
        noun.advise = { shop, change, ids in change["client"] == nil ? [] : try shop.ownershipNotes(ids) }
        noun.findFaults = { shop, faults in try shop.findWrongValues(faults) }
        noun.books = .inv
        noun.examples = [
            "add": [
                "laseros inv add SM-MS-5 'Mild steel 5 mm' --category 'Sheet Metal' --material MS --thickness 5 --size 2500x1250 --level 5 --order 20"
            ]
        ]
        return noun
    }()
}
