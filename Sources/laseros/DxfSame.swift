import Console
import Drawings
import Shop
import Values

private let files = Rest<String>("FILE...", "DXF drawings, or folders of them; - is standard input", from: .files)

/// How far apart curves may be and still count as equal.
let withinOption = Option<Length>("--within MM", "how far apart equal curves may be; 0.02 by itself")

func withinMM(_ call: Call) -> Double { call[withinOption]?.millimetres ?? 0.02 }

let sameCommand = Command.free(
    "dxf same", "Group equal parts, and tell where the shop has seen them", [files, withinOption] + Measuring.cutParameters,
    about: """
        Two drawings are the same part when the one, moved, turned and perhaps turned over, lies on the other everywhere within the
        distance of `--within`. What entities they are drawn with, in which order and unit, does not matter, and only what is cut is
        compared. `turned_deg` and `mirrored` say how a drawing lies on the first of its group.

        With a shop, `seen` names the projects and quotes that have the part already.
        """,
    examples: ["laseros dxf same .", "laseros dxf same 0001-Flange-MS-10mm-x4.dxf --json"], answer: SameListing.headings
) { call in
    let options = try measureOptions(call), reach = withinMM(call)
    let batch = try DrawingBatch(call[files], in: call.world) { file, drawing in
        let measured = try drawing.measure(options.doing(.cut))
        return (
            file: file.name, box: measured.box, isEmpty: measured.contourCount == 0, figure: measured.figure,
            uncounted: Uncounted(file, drawing, measured, options)
        )
    }
    var parts = SameParts(withinMM: reach)
    let placed = batch.made.filter { !$0.isEmpty }.map { made in (made: made, place: parts.add(made.figure)) }
    let seen = try withShop(call) { shop in
        let seen = SeenParts(shop, withinMM: reach)
        return try placed.map { try seen.sightings(of: $0.made.figure) }
    }
    let rows = placed.enumerated().map { number, part in
        SameListing.row(part.made.file, part.made.box, group: part.place.group + 1, part.place.fit, seen?[number] ?? [])
    }
    // The first of each group stands with the others of it.
    let ordered = rows.enumerated().sorted { (placed[$0.offset].place.group, $0.offset) < (placed[$1.offset].place.group, $1.offset) }
    let empty = batch.made.filter(\.isEmpty).map { "\($0.file): there is nothing to cut in it" }
    let count = Set(placed.map(\.place.group)).count
    let summary = "\(placed.count) \(placed.count == 1 ? "drawing" : "drawings") of \(count) \(count == 1 ? "part" : "parts")"
    let output = Output.rows(Listing(SameListing.headings, ordered.map(\.element)))
    return batch.telling(output.noting(batch.made.map(\.uncounted)).noting(empty + [summary]))
}

/// Equal parts, a drawing a row.
private enum SameListing {
    static let headings = [
        Heading("group", .int), Heading("file", .text), Heading("width_mm", .number), Heading("height_mm", .number),
        Heading("turned_deg", .number), Heading("mirrored", .bool), Heading("seen", .nested),
    ]

    static func row(_ file: String, _ box: Box, group: Int, _ fit: Rigid, _ seen: [Sighting]) -> [Shown] {
        let places = seen.map { sighting in
            Nested.object([
                .init("code", sighting.code), .init("kind", sighting.kind.rawValue), .init("client", sighting.client),
                .init("file", sighting.file),
            ])
        }
        return [
            .int(group), .text(file), box.width.shown, box.height.shown, fit.degrees.shown, .yes(fit.isMirrored), .nested(.array(places)),
        ]
    }
}
