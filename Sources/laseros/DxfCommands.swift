import Console
import Drawings
import Shop
import Values

private let files = Rest<String>("FILE...", "DXF drawings and LightBurn projects, or folders of them; - is standard input", from: .files)
private let hidden = Flag("--hidden", "count what is on hidden layers too")
private let layer = Option<Line>("--layer NAME", "only this layer")
private let tolerance = Option<Length>("--tolerance MM", "join ends within this distance; 0.01 by itself")
private let units = Option<UnitWord>("--units UNIT", "what a unit of the drawing is, whatever it says itself")
private let lines = Flag("--lines", "what the name and the texts of each drawing tell, as `quote add --lines` takes it")
private let material = Option<Line>("-m, --material CODE", "what will be cut", from: .codes("material"))
private let thickness = Option<Length>("-t, --thickness MM", "how thick; as the file's name says it, where this is left out")

/// A unit of length, as drawings name them.
struct UnitWord: Readable {
    static let word = "UNIT"
    static let expected = "a unit (mm, cm, m, inch, foot, mil)"
    static let choices = ["mm", "cm", "m", "inch", "foot", "yard", "mil", "micron", "unitless"]
    let units: Units
    init?(reading text: String) {
        guard let units = Units.named(text.lowercased()) else { return nil }
        self.units = units
    }
}

let dxfCommands: [Command] = [
    .free(
        "dxf info", "Measure drawings: size, cutting length, pierces, area", [files, hidden, layer, tolerance, units, lines],
        relations: [
            .excludes(["lines", "hidden"]), .excludes(["lines", "layer"]), .excludes(["lines", "tolerance"]),
            .excludes(["lines", "units"]),
        ],
        about: """
            All lengths are in millimetres, whatever the drawing's unit is. `cut_length_mm` is what the laser travels while it cuts: lines
            drawn twice count once. A pierce is a contour, closed or open. What is on hidden layers is left out unless `--hidden` is said;
            what is not cut at all (texts, dimensions, hatches) is counted in `skipped`. One drawing is shown whole, several are a table.
            In a LightBurn project the cut settings are the layers; one that stands beside a DXF drawing of the same name has to agree with it.

            A file that cannot be read is reported, and the others are measured: the exit code is 7, or 8 where one is no drawing.

            `laseros dxf info --lines rfq > rfq.csv` writes what the files' names tell (`0001-Flange-MS-10mm-x4.dxf`), and the texts in the
            drawings where a name does not: file, quantity, material, thickness and finish, to be looked over and handed to
            `laseros quote add --lines rfq.csv`.
            """,
        examples: ["laseros dxf info 0001-Flange-MS-10mm-x4.dxf", "laseros dxf info . --json"], answer: MeasuredFile.headings
    ) { call in
        call[lines] ? try told(call) : try info(call)
    },
    .free(
        "dxf check", "Find what is wrong with drawings before they are cut", [files, material, thickness, hidden, layer, tolerance, units],
        about: """
            Errors are contours that do not close, that cross each other, or that do not fit the machine's bed; warnings are lines drawn twice
            and holes smaller than the sheet is thick. The exit code is 1 when there is an error. Each place is in millimetres of the drawing;
            `laseros dxf preview` rings them in a picture. The bed is that of the shop's machine, where there is a shop.
            """,
        examples: [
            "laseros dxf check 0001-Flange-MS-10mm-x4.dxf 0002-Bracket-MS-5mm-x10.dxf",
            "laseros dxf check 0007-Link-MS-8mm-x12.dxf --thickness 10",
        ], answer: DefectListing.headings
    ) { call in try checked(call) },
    previewCommand,
]

/// How a call wants drawings to be measured.
func measureOptions(_ call: Call) -> Measure.Options {
    Measure.Options(
        hidden: call[hidden], layer: call[layer]?.text, toleranceMM: call[tolerance]?.millimetres ?? 0.01, units: call[units]?.units)
}

let measureParameters: [any Parameter] = [hidden, layer, tolerance, units]

@Sendable private func info(_ call: Call) throws -> Output {
    let options = measureOptions(call), layer = call[layer]?.text
    let batch = try DrawingBatch(call[files], in: call.world) { file, drawing in
        let measured = try drawing.measure(options)
        let row = MeasuredFile(file: file.name, drawing: drawing, units: options.units ?? drawing.units, measured: measured).row
        let twin = file.twinDefect(measured, options).map { "warning: \(file.name): \($0.consequence)" }
        return (row: row, note: layer.flatMap { missing($0, in: drawing, file) } ?? twin)
    }
    let listing = Listing(MeasuredFile.headings, batch.made.map(\.row))
    let isSingle = call.isForPeople && batch.made.count == 1 && call[files].count == 1 && !call.has(Standard.fields)
    let output: Output = isSingle ? .record(listing) : .rows(listing)
    return batch.telling(output.noting(batch.made.compactMap(\.note)))
}

/// A layer that is asked for and not there is most likely a slip of the finger.
private func missing(_ layer: String, in drawing: Drawing, _ file: DrawingFile) -> String? {
    let names = drawing.layers.map(\.name)
    guard !names.contains(where: { $0.lowercased() == layer.lowercased() }) else { return nil }
    let shown = names.prefix(10).joined(separator: ", ") + (names.count > 10 ? ", ..." : "")
    return "\(file.name) has no layer '\(layer)'; it has \(shown)"
}

@Sendable private func told(_ call: Call) throws -> Output {
    let words = try materialWords(call)
    let batch = try DrawingBatch(call[files], in: call.world) { file, drawing in
        (file: file.name, facts: PartName(file.name, words).facts.filled(by: PartFacts(texts: drawing.texts, words)))
    }
    let names = Set(batch.made.map { $0.file.lowercased() })
    let parts = batch.made.filter { !DrawingFile.isTwin($0.file, among: names) }
    let open: [(String, Int)] = [
        ("quantity", parts.count { $0.facts.quantity == nil }), ("material", parts.count { $0.facts.material == nil }),
        ("thickness", parts.count { $0.facts.thickness == nil }),
    ]
    let notes = open.filter { $0.1 > 0 }.map {
        "no \($0.0): \($0.1) of \(parts.count) \(parts.count == 1 ? "drawing" : "drawings")"
    }
    let listing = Listing(PartListing.headings, parts.map { PartListing.row($0.file, $0.facts) })
    return batch.telling(Output.rows(listing).preferring(.csv).noting(notes))
}

/// The shop's materials, or those of the trade where there is no shop.
private func materialWords(_ call: Call) throws -> MaterialWords {
    try withShop(call) { MaterialWords(try $0.materials()) } ?? .common
}

@Sendable private func checked(_ call: Call) throws -> Output {
    let bench = try CheckBench(call, material: call[material], thickness: call[thickness]), options = measureOptions(call)
    let batch = try DrawingBatch(call[files], in: call.world) { file, drawing in
        let thickness = bench.thickness(of: file)
        let measured = try drawing.measure(options)
        let defects = drawing.check(measured, bench.limits(thickness)) + [file.twinDefect(measured, options)].compactMap { $0 }
        return (file: file.name, thickness: thickness, defects: defects)
    }
    let rows = batch.made.flatMap { made in made.defects.map { DefectListing.row(made.file, $0) } }
    var notes = bench.notes
    if !call.has(thickness) { notes += thicknessNotes(batch.made.map { ($0.file, $0.thickness) }) }
    notes.append(summary(batch.made.map(\.defects)))
    let hasError = batch.made.contains { $0.defects.contains { $0.severity == .error } }
    return batch.telling(Output(.rows(Listing(DefectListing.headings, rows)), code: hasError ? 1 : 0, notes: notes))
}

/// Which thickness the holes were held against, where the file's name said it.
private func thicknessNotes(_ files: [(name: String, thickness: Length?)]) -> [String] {
    let known = files.compactMap { file in file.thickness.map { "\(file.name): \($0) mm thick, from the file's name" } }
    guard known.count > 5 else { return known }
    return ["\(known.count) of \(files.count) drawings: the thickness is taken from the file's name"]
}

/// `checked 8 drawings: 3 errors, 1 warning, 2 notes`
private func summary(_ defects: [[Defect]]) -> String {
    let counts = Defect.Severity.allCases.map { severity in
        (severity.rawValue, defects.reduce(0) { $0 + $1.count { $0.severity == severity } })
    }
    let found = counts.filter { $0.1 > 0 }.map { "\($0.1) \($0.0)" + ($0.1 == 1 ? "" : "s") }
    return "checked \(defects.count) \(defects.count == 1 ? "drawing" : "drawings"): "
        + (found.isEmpty ? "no faults" : found.joined(separator: ", "))
}
