import Console
import Drawings
import Shop
import Values

private let files = Rest<String>("FILE...", "DXF drawings and LightBurn projects, or folders of them; - is standard input", from: .files)
private let lines = Flag("--lines", "what the name and the texts of each drawing tell, as `quote add --lines` takes it")
private let sensitivity = Flag("--sensitivity", "how the count of contours changes with the distance at which ends are joined")

private let everyFault = Flag("--all", "list each fault, also where many are alike")
private let severity = Option<SeverityWord>("--severity SEVERITY", "only faults as bad as that, or worse: error, warning or note")

private enum SeverityWord: String, Choice {
    case error, warning, note
    var severity: Defect.Severity { Defect.Severity(rawValue: rawValue) ?? .note }
}

private let measuringCommands: [Command] = [
    .free(
        "dxf info", "Measure drawings: size, cutting length, pierces, area", [files] + Measuring.infoParameters + [sensitivity, lines],
        permission: .open,
        relations: [.alone("lines", without: Measuring.notWithLines + ["sensitivity"]), .excludes(["processes", "all-cut"])],
        about: """
            All lengths are in millimetres, whatever the drawing's unit is. `cut_length_mm` is what the laser travels while it
            cuts: lines drawn twice count once. A pierce is a contour, closed or open. Hidden layers are left out unless
            `--hidden` is given; texts, dimensions and hatches are never cut and are counted in `skipped`. `cut_length_mm` and
            `pierces` count only the lines that are cut, as prices do: `laseros dxf layers` lists which layers are. With
            `--all-cut` every layer counts. The other lengths and counts include everything that is drawn; `processes` shows how
            much of it is cut, marked, engraved or only drawn (bend and centre lines). `--process cut` measures only what is
            cut. One drawing is shown as a record, several as a table. The layers of a LightBurn project are its cut settings. A
            project next to a DXF drawing of the same name must agree with it.

            `--sensitivity` joins ends within 0, 0.001, 0.01, 0.1 and 0.5 mm: if the count changes, the drawing has gaps.

            A file that cannot be read is reported, and the others are measured: the exit code is 7, or 8 if a file is not a
            drawing. It is also 8 if part of a drawing could not be measured (invalid or huge coordinates, blocks that contain
            themselves, millions of copies); the rest is measured, and what was left out is listed.

            `laseros dxf info --lines rfq > rfq.csv` writes a list of file, quantity, material, thickness and finish, taken from
            the file names (`0001-Flange-MS-10mm-x4.dxf`) and from the texts in the drawings. Check it, then price it with
            `laseros quote add --lines rfq.csv`.
            """,
        examples: [
            "laseros dxf info 0001-Flange-MS-10mm-x4.dxf", "laseros dxf info . --json",
            "laseros dxf info 0008-Faulty-MS-3mm-x1.dxf --sensitivity",
        ], answer: MeasuredFile.headings
    ) { call in
        call[lines] ? try told(call) : try info(call)
    },
    .free(
        "dxf check", "Find faults in drawings before they are cut",
        [files, CheckBench.material, CheckBench.thickness, severity, everyFault] + Measuring.cutParameters,
        permission: .open,
        about: """
            Only lines that are cut are checked. Errors: contours that do not close (with the gap), cross each other or
            themselves, a part larger than the bed or not in the XY plane, a drawing sheet, nothing to cut. Warnings: a
            truncated file, or one with content that cannot be read; references to other drawings; lines and contours drawn
            twice or over each other (with the time lost, if material and thickness match a preset); junctions; centre marks of
            circles; gaps narrower than the cut; pieces and contours too small; holes and slots narrower than the sheet's
            thickness, webs thinner than three quarters of it, notches thinner than half of it (without a thickness: than 0.3
            mm); sizes that suggest another unit; pieces far from the rest. Notes: equal slits within an outline (living
            hinges), loops smaller than the cut, pieces that fall out, circles drawn as lines, several parts, and what is not
            cut.

            More than three equal faults are one row, with `count` and three `places`; `--all` lists each. `--severity error`
            lists errors only. `gap_mm` is the distance from the end of an open contour to the nearest other end, up to 1 mm.
            The exit code is 1 when there is an error. Each place is in millimetres of the drawing; `laseros dxf preview` rings
            them in a picture. The bed is that of the shop's machine, if there is a shop.
            """,
        examples: [
            "laseros dxf check 0001-Flange-MS-10mm-x4.dxf 0002-Bracket-MS-5mm-x10.dxf",
            "laseros dxf check 0007-Link-MS-8mm-x12.dxf --thickness 10", "laseros dxf check . --severity error",
        ], answer: DefectListing.headings
    ) { call in try checked(call) },
    layersCommand,
]

let dxfCommands =
    (measuringCommands + contourCommands + [previewCommand, showCommand, sameCommand, diffCommand, convertCommand, timeCommand])
    .map(tellingWhatIsLeftAside)

/// Adds a note if a shop was found but ignored because it is not trusted: its settings would give other figures.
private func tellingWhatIsLeftAside(_ command: Command) -> Command {
    var telling = command
    telling.body = { call, answer in
        call.shopSession.leftAside(call.shopName).forEach(answer.note)
        try command.body(call, answer)
    }
    return telling
}

@Sendable private func info(_ call: Call) throws -> Output {
    let options = try measureOptions(call), asks = call[sensitivity], names = try DrawingFile.names(call[files], in: call.environment)
    // A table cell would show only the first number of each tolerance.
    let isCell = asks && call.isForPeople && call.has(Standard.fields)
    let place = MeasuredFile.headings.firstIndex { $0.name == "sensitivity" }
    let batch = try DrawingBatch(call[files], in: call.environment) { file, drawing in
        let measured = try drawing.measure(options)
        let twin = file.twinWarning(measured, options, among: names)
        let sweep = asks ? measured.sensitivity() : []
        var row = MeasuredFile(
            file: file.name, drawing: drawing, units: options.units(of: drawing), measured: measured, sensitivity: sweep
        ).row
        if isCell, let place { row[place] = .text(SensitivityListing.text(sweep)) }
        return (file: file.name, row: row, sweep: sweep, notes: MeasuringNotes(file, drawing, measured, options), twin: twin)
    }
    let isSingle = call.isForPeople && batch.made.count == 1 && call[files].count == 1 && !call.has(Standard.fields)
    let left = batch.made.map(\.notes), twins = batch.made.compactMap(\.twin)
    if asks, call.isForPeople, !isSingle, !call.has(Standard.fields) {
        let rows = batch.made.flatMap { made in made.sweep.map { SensitivityListing.row(made.file, $0) } }
        return batch.telling(Output.rows(Listing(SensitivityListing.headings, rows)).noting(left).noting(twins))
    }
    let listing = Listing(MeasuredFile.headings, batch.made.map(\.row))
    let output: Output = isSingle ? .record(listing) : .rows(listing)
    return batch.telling(output.noting(left).noting(twins))
}

@Sendable private func told(_ call: Call) throws -> Output {
    let words = try materialWords(call)
    let batch = try DrawingBatch(call[files], in: call.environment) { file, drawing in
        let name = PartName(file.name, words)
        return (file: file.name, facts: name.all.filled(by: PartFacts(texts: drawing.texts, words)), folder: name.folder)
    }
    let names = Set(batch.made.map { $0.file.lowercased() })
    let parts = batch.made.filter { !FileKind.isTwin($0.file, among: names) }
    let open: [(String, Int)] = [
        ("quantity", parts.count { $0.facts.quantity == nil }), ("material", parts.count { $0.facts.material == nil }),
        ("thickness", parts.count { $0.facts.thickness == nil }),
    ]
    let notes = open.filter { $0.1 > 0 }.map { "no \($0.0): \($0.1) of \(counted(parts.count, "drawing"))" }
    let folders = parts.compactMap { part in part.folder.words.map { "\(part.file): \($0) from the folder's name" } }
    let listing = Listing(PartListing.headings, parts.map { PartListing.row($0.file, $0.facts) })
    return batch.telling(Output.rows(listing).preferring(.csv).noting(folders + notes))
}

/// The shop's materials; without a shop, the common ones of the trade.
private func materialWords(_ call: Call) throws -> MaterialWords {
    try withShop(call) { MaterialWords(try $0.materials()) } ?? .common
}

@Sendable private func checked(_ call: Call) throws -> Output {
    let bench = try CheckBench(call)
    let whole = try measureOptions(call), options = whole.doing(.cut), names = try DrawingFile.names(call[files], in: call.environment)
    let batch = try DrawingBatch(call[files], in: call.environment) { file, drawing in
        let (thickness, from) = bench.thickness(of: file)
        let measured = try drawing.measure(options)
        let twin = file.twinDefect(try drawing.measure(whole), whole, among: names)
        let defects = drawing.check(measured, bench.limits(thickness)) + (twin.map { [$0] } ?? [])
        return (file: file.name, thickness: thickness, from: from, defects: defects)
    }
    let worst = call[severity]?.severity ?? .note, isEach = call[everyFault]
    let rows = batch.made.flatMap { made in
        let told = made.defects.filter { $0.severity <= worst }
        return (isEach ? DefectGroup.single(told) : DefectGroup.grouped(told)).map { DefectListing.row(made.file, $0) }
    }
    var notes = bench.notes
    if !call.has(CheckBench.thickness) { notes += thicknessNotes(batch.made.map { ($0.file, $0.thickness, $0.from) }) }
    notes.append(summary(batch.made.map(\.defects)))
    let hasError = batch.made.contains { $0.defects.contains { $0.severity == .error } }
    return batch.telling(Output(.rows(Listing(DefectListing.headings, rows)), code: hasError ? 1 : 0, notes: notes))
}

/// Notes which thickness the holes were checked against, if it came from a name.
private func thicknessNotes(_ files: [(name: String, thickness: Length?, from: String)]) -> [String] {
    let known = files.compactMap { file in file.thickness.map { "\(file.name): \($0) mm thick, from \(file.from)" } }
    guard known.count > 5 else { return known }
    return ["\(known.count) of \(files.count) drawings: the thickness is taken from names"]
}

/// `checked 8 drawings: 3 errors, 1 warning, 2 notes`
private func summary(_ defects: [[Defect]]) -> String {
    let found = Defect.counts(defects.flatMap { $0 })
    return "checked \(counted(defects.count, "drawing")): \(found.isEmpty ? "no faults" : found)"
}

extension Defect {
    /// `3 errors, 1 warning`; empty if there are none.
    static func counts(_ defects: [Defect]) -> String {
        let counts = Severity.allCases.map { severity in (severity.rawValue, defects.count { $0.severity == severity }) }
        return counts.filter { $0.1 > 0 }.map { counted($0.1, $0.0) }.joined(separator: ", ")
    }
}
