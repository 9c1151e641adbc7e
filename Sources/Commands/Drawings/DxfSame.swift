import Console
import Drawings
import Shop
import Values

private let files = Rest<String>("FILE...", "DXF drawings, or folders of them; - is standard input", from: .files)

/// The largest distance between curves that count as equal.
let withinOption = Option<Length>("--within MM", "how far apart equal curves may be; default 0.02")

func withinMM(_ call: Call) -> Double { call[withinOption]?.millimetres ?? 0.02 }

let sameCommand = Command.free(
    "dxf same", "Group equal parts, and tell where the shop has seen them", [files, withinOption] + Measuring.cutParameters,
    permission: .open,
    about: """
        Two drawings are the same part if one of them, moved, rotated or mirrored, matches the other everywhere within the distance
        of `--within`. Entity types, order and unit do not matter, and only lines that are cut are compared. `turned_deg` and
        `mirrored` say how a drawing must be placed to match the first of its group.

        With a shop, `seen` names the products that are the part, and the projects and quotes that have it already.
        """,
    examples: ["laseros dxf same .", "laseros dxf same 0001-Flange-MS-10mm-x4.dxf --json"], answer: SameListing.headings
) { call in
    let options = try measureOptions(call), reach = withinMM(call), total = Shared(ComparisonSize())
    let batch = try DrawingBatch(call[files], in: call.environment) { file, drawing in
        let measured = try drawing.measure(options.doing(.cut))
        var own = ComparisonSize()
        own.addWhole(measured)
        // A drawing beyond the limit is dropped here; the command fails below, when the total is known.
        let fits = total.change { total in
            total.add(own)
            return total.fits
        }
        return (
            file: file.name, box: measured.box, isEmpty: measured.contourCount == 0, figure: fits ? measured.figure : nil,
            uncounted: MeasuringNotes(file, drawing, measured, options)
        )
    }
    let size = total.value
    try size.demandRoom()
    var parts = SameParts(withinMM: reach)
    let placed = batch.made.compactMap { made in
        made.isEmpty ? nil : made.figure.map { (made: made, figure: $0, place: parts.add($0)) }
    }
    var seen = placed.map { _ in [Sighting]() }, unseen: [String] = []
    try withShop(call) { shop in
        let parts = SeenParts(shop, withinMM: reach, beside: size)
        seen = try placed.map { try parts.sightings(of: $0.figure) }
        unseen = parts.problems
    }
    let rows = placed.enumerated().map { number, part in
        SameListing.row(part.made.file, part.made.box, group: part.place.group + 1, part.place.fit, seen[number])
    }
    // Groups of equal drawings, each in the order of the files.
    let ordered = rows.enumerated().sorted { (placed[$0.offset].place.group, $0.offset) < (placed[$1.offset].place.group, $1.offset) }
    let empty = batch.made.filter(\.isEmpty).map { "\($0.file): there is nothing to cut in it" }
    let count = Set(placed.map(\.place.group)).count
    let summary = "\(counted(placed.count, "drawing")) of \(counted(count, "part"))"
    let output = Output.rows(Listing(SameListing.headings, ordered.map(\.element)))
    return batch.telling(output.noting(batch.made.map(\.uncounted)).noting(empty + unseen + [summary]))
}

/// The listing of equal parts, one row per drawing.
private enum SameListing {
    static let headings = [
        Heading("group", .int), Heading("file", .text), Heading("width_mm", .number), Heading("height_mm", .number),
        Heading("turned_deg", .number), Heading("mirrored", .bool), Heading("seen", .nested),
    ]

    static func row(_ file: String, _ box: Box, group: Int, _ fit: Rigid, _ seen: [Sighting]) -> [DisplayValue] {
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
