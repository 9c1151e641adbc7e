import Console
import Shop
import Store
import Values

private let project = CommonParameters.code(.project)
private let things = Rest<ItemCount>(
    "ITEM:QTY...", "items with a quantity, or lots; what the project needs where none is named", required: false)
private let headings = Shop.reservationHeadings

private func reservations(_ found: RecordID, _ shop: Shop) -> Listing { shop.reservations(of: found) }

let reservationCommands: [Command] = [
    writes(
        "inv reserve", "Put stock aside for a project", [project, things], permission: .stock,
        about: """
            Nothing moves: what is reserved counts as taken when an item is found to be low, and `inv use --project` takes from it. A number
            takes the place of what was reserved of the same item. A lot by its code is reserved as a whole, or in part with `LOT-0001:2`.

            Where nothing is named, it is what the project needs: its own number of sheets, else the boxes of its parts over the area of a
            sheet, which parts fill by the setting `sheet_fill`, rounded up. The item is the one of the material and the thickness, or of the
            nearest thickness within 0.3 mm. If there is none, nothing is reserved and nothing is refused.
            """,
        examples: ["laseros inv reserve hinges SM-MS-3:2", "laseros inv reserve hinges LOT-0001", "laseros inv reserve hinges"],
        answer: headings
    ) { call, shop in
        let found = try shop.find(.project, try call[project].text), wanted = call[things]
        let notes = wanted.isEmpty ? try shop.reserve(found) : try shop.reserve(found, wanted)
        return .done("project \(found.code): \(counted(try shop.countReservations(found), "reservation"))", all: reservations(found, shop))
            .noting(notes)
    },
    writes(
        "inv release", "Release what is reserved for a project", [project], permission: .stock,
        about: "A project that is cancelled or completed releases its reservations by itself.",
        examples: ["laseros inv release counter"], answer: headings
    ) { call, shop in
        let found = try shop.find(.project, try call[project].text), listing = try reservations(found, shop).kept()
        let notes = try shop.release(found)
        return .done(
            notes.isEmpty ? "nothing was reserved for project \(found.code)" : "project \(found.code): nothing is reserved any more",
            all: listing
        )
        .noting(notes)
    },
]

private let traced = Operand<Line>("CODE", "a heat number, a lot, an item, a project, or a part of a project", from: .codes("lot"))

let traceCommand = reads(
    "inv trace", "Go from lots to the projects that used them, or back", [traced], permission: .view,
    about: """
        A heat number or a lot finds the projects that used it, with the remnants that were cut from it; a project, or one of its parts, finds
        the lots with their certificates. `laseros lot extract CODE --to DIR` writes the certificate.
        """,
    examples: ["laseros inv trace H4711", "laseros inv trace JB-2026-08-CL0001-003 --csv"], answer: TraceLine.headings
) { call, shop in
    .rows(Listing(try shop.trace(try call[traced].text), TraceLine.columns))
}
