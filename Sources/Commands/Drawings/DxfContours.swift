import Console
import Drawings
import Shop
import Values

private let files = Rest<String>("FILE...", "DXF drawings and LightBurn projects, or folders of them; - is standard input", from: .files)

private struct ContourRow: Sendable {
    let file: String
    let place: Int
    let contour: Contour
    let process: Process
    let round: Round?

    static let columns: [Column<ContourRow>] = [
        Column("file") { $0.file }, Column("contour") { $0.place + 1 }, Column("parent") { $0.contour.parent.map { $0 + 1 } },
        Column("depth") { $0.contour.depth }, Column("closed") { $0.contour.isClosed }, Column("length_mm") { $0.contour.lengthMM },
        Column("area_mm2") { $0.contour.isClosed ? $0.contour.areaMM2 : nil }, Column("min_x_mm", wide: true) { $0.contour.box.min.x },
        Column("min_y_mm", wide: true) { $0.contour.box.min.y }, Column("width_mm") { $0.contour.box.width },
        Column("height_mm") { $0.contour.box.height }, Column("diameter_mm") { $0.round?.diameterMM },
        Column("drawn", wide: true) { $0.round?.drawn.rawValue }, Column("layer") { $0.contour.layer },
        Column("process", wide: true) { $0.process.word },
    ]
}

/// The properties by which holes are grouped into one row; sizes are rounded to a hundredth of a millimetre.
private struct HoleKey: Hashable, Comparable {
    let shape: String
    let diameter, width, length: Int?
    let drawn: String?

    init(_ hole: Hole) {
        func hundredths(_ mm: Double) -> Int { Int(exactly: (mm * 100).rounded()) ?? .max }
        shape = hole.shape.rawValue
        diameter = hole.diameterMM.map(hundredths)
        (width, length) = hole.shape == .round ? (nil, nil) : (hundredths(hole.widthMM), hundredths(hole.lengthMM))
        drawn = hole.drawn?.rawValue
    }

    /// Orders round holes first, then by size.
    static func < (a: HoleKey, b: HoleKey) -> Bool {
        let order: [Hole.Shape] = [.round, .slot, .rectangle, .other]
        func rank(_ key: HoleKey) -> [Int] {
            [order.firstIndex { $0.rawValue == key.shape } ?? 0, key.diameter ?? key.width ?? 0, key.length ?? 0]
        }
        return rank(a) == rank(b) ? (a.drawn ?? "") < (b.drawn ?? "") : rank(a).lexicographicallyPrecedes(rank(b))
    }
}

private struct HoleRow: Sendable {
    let file: String
    let key: HoleKey
    let count: Int

    static let columns: [Column<HoleRow>] = [
        Column("file") { $0.file }, Column("shape") { $0.key.shape }, Column("diameter_mm") { $0.key.diameter.map { Double($0) / 100 } },
        Column("width_mm") { $0.key.width.map { Double($0) / 100 } }, Column("length_mm") { $0.key.length.map { Double($0) / 100 } },
        Column("count", sums: true) { $0.count }, Column("drawn") { $0.key.drawn },
    ]
}

let contourCommands: [Command] = [
    .free(
        "dxf contours", "List every contour of drawings: length, area, size, and what holds it", [files] + measureParameters,
        permission: .open,
        about: """
            A contour is a run of lines that the laser cuts without a stop: each is a pierce. `parent` is the number of the
            smallest contour around it, and `depth` how many are around it: an outline has an even depth, a hole an odd one.
            Circles have a diameter, also those drawn with arcs, splines or at least twelve lines; `drawn` says which.
            """,
        examples: ["laseros dxf contours 0007-Link-MS-8mm-x12.dxf"], answer: ContourRow.columns.map(\.heading)
    ) { call in
        let options = try measureOptions(call)
        let batch = try DrawingBatch(call[files], in: call.environment) { file, drawing in
            let measured = try drawing.measure(options)
            let rows = measured.contours.indices.map { place in
                ContourRow(
                    file: file.name, place: place, contour: measured.contours[place], process: measured.process(place),
                    round: measured.round(place))
            }
            return (rows: rows, crossing: measured.crossingPairs, uncounted: MeasuringNotes(file, drawing, measured, options))
        }
        let output = Output.rows(Listing(batch.made.flatMap(\.rows), ContourRow.columns))
        return batch.telling(output.noting(batch.made.map(\.uncounted)).noting(crossed(batch.made.map(\.crossing))))
    },
    .free(
        "dxf holes", "List the holes of drawings: how many of each diameter", [files] + Measuring.cutParameters, permission: .open,
        about: """
            Holes are cut contours within an odd number of others. Sizes are rounded to a hundredth of a millimetre. Circles
            drawn with arcs, splines or many lines count as round holes. A slot has two straight sides with half circles between
            them; other shapes are given by their box.
            """,
        examples: ["laseros dxf holes 0001-Flange-MS-10mm-x4.dxf 0002-Bracket-MS-5mm-x10.dxf"], answer: HoleRow.columns.map(\.heading)
    ) { call in
        var options = try measureOptions(call)
        options.process = .cut
        let settled = options
        let batch = try DrawingBatch(call[files], in: call.environment) { file, drawing in
            let measured = try drawing.measure(settled)
            let counts = measured.holePlaces.reduce(into: [HoleKey: Int]()) { $0[HoleKey(measured.hole($1)), default: 0] += 1 }
            let rows = counts.sorted { $0.key < $1.key }.map { HoleRow(file: file.name, key: $0.key, count: $0.value) }
            return (
                rows: rows, open: measured.open, crossing: measured.crossingPairs,
                uncounted: MeasuringNotes(file, drawing, measured, settled)
            )
        }
        var notes = crossed(batch.made.map(\.crossing))
        let open = batch.made.reduce(0) { $0 + $1.open }
        if open > 0 {
            notes.append("\(counted(open, "open contour")): what lies within an open outline is not told to be a hole")
        }
        return batch.telling(
            Output.rows(Listing(batch.made.flatMap(\.rows), HoleRow.columns)).noting(batch.made.map(\.uncounted)).noting(notes))
    },
]

/// Notes contours that cross each other: neither is inside the other.
private func crossed(_ pairs: [Int]) -> [String] {
    let count = pairs.reduce(0, +)
    guard count > 0 else { return [] }
    return [
        "\(counted(count, "pair")) of contours cross: what of them is a hole is not defined; `laseros dxf check` says where"
    ]
}
