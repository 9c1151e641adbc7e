import Console
import Documents
import Drawings
import Shop
import Values

private let old = Operand<String>("OLD", "a DXF drawing; - is standard input", from: .files)
private let new = Operand<String>("NEW", "its newer version", from: .files)
private let align = Flag("--align", "lay the newer drawing on the older one first: it was moved or turned as a whole")
private let type = Option<PictureType>("--type TYPE", "format of a picture: svg, png or pdf; default: the ending of the -o file")

let diffCommand = Command.free(
    "dxf diff", "Tell what changed between two versions of a drawing", [old, new, align, withinOption, type] + measureParameters,
    permission: .open,
    about: """
        Lists the contours that were added, removed, moved, resized or reshaped, with their places in millimetres of the older
        drawing. Each process is compared separately: a hole that was cut and is now marked is removed from the cut contours and
        added to the marked ones. `process` names it, and `--process` compares only one. The sums are those of the lines that are
        cut. `--align` first moves and rotates the newer drawing onto the older one, by the lines that are cut (by all, if there are
        none). The exit code is 1 when the drawings differ. `-o FILE.svg`, `.png` or `.pdf` draws the differences: new contours
        green, removed ones red, the rest grey.
        """,
    examples: ["laseros dxf diff 0002-Bracket-MS-5mm-x10.dxf 0007-Link-MS-8mm-x12.dxf"], answer: DiffListing.headings
) { call in
    let versions = Parallel.map([try call[old], try call[new]]) { name in Result { try Version(name, call) } }
    let (before, after) = (try versions[0].get(), try versions[1].get())
    let reach = withinMM(call)
    try demandRoom(before, after, aligning: call[align])
    let laid = call[align] ? Revision.map(laying: after.laid, on: before.laid, withinMM: reach) : nil, map = laid?.map ?? .identity
    let revision = ProcessRevision(before.parts, after.parts, withinMM: reach, map: map)
    var notes = revision.isSame ? [] : sums(revision)
    notes = lying(revision, laid, on: before.name) + notes
    if revision.isSame, before.doubles == after.doubles {
        notes.append(revision.parts.contains { $0.process == .cut } ? "the drawings are cut the same" : "what is compared is the same")
    }
    let doubles = (before.doubles, after.doubles)
    if doubles.0 != doubles.1 { notes.append("contours that lie on others: \(doubles.0) -> \(doubles.1)") }
    var code: Int32 = revision.isSame && doubles.0 == doubles.1 ? 0 : 1
    if code != 0, laid?.isCutOff == true {
        code = Failure.Kind.input.rawValue
        notes.append(
            "error: not every way was tried in which \(after.name) may lie on \(before.name), because there is too much to compare: "
                + "what is said to differ may lie on the other in a way that was not tried")
    }
    let uncounted = [before.uncounted, after.uncounted]
    guard let picture = try pictureType(call) else {
        return Output(.rows(DiffListing.listing(revision)), code: code, notes: notes).noting(uncounted)
    }
    let comparison = Comparison(revision, map, title: "\(before.name) → \(after.name)")
    let bytes = try comparison.render(picture.medium(call)).bytes
    return Output(.document(Document(bytes), "wrote \(call[Standard.output] ?? "-")"), code: code, notes: notes).noting(uncounted)
}

/// One of the two drawings.
private struct Version: Sendable {
    let name: String
    let parts: ProcessParts
    /// The measurement that is aligned with the other drawing: of what is cut or, if nothing is, of everything.
    let laid: Measurement
    let uncounted: MeasuringNotes
    /// The number of duplicate contours.
    var doubles: Int { laid.drawnContours - laid.contourCount }

    init(_ name: String, _ call: Call) throws {
        let source = DrawingFile(name: name, path: call.environment.path(name)), options = try measureOptions(call)
        self.name = name
        do {
            (parts, laid, uncounted) = try source.read(call.environment) { drawing in
                let parts = try drawing.measureApart(options)
                let laid = try parts.cut ?? (parts.parts.count == 1 ? parts.main : drawing.measure(options))
                return (parts, laid, MeasuringNotes(source, drawing, parts, options))
            }
        } catch let failure as Failure {
            throw source.naming(failure)
        }
    }
}

/// - Throws: `input` if the comparison would need too much memory.
private func demandRoom(_ before: Version, _ after: Version, aligning: Bool) throws {
    var size = ComparisonSize()
    for version in [before, after] {
        for part in version.parts.parts { size.addContours(part.measured) }
        if aligning { size.addWhole(version.laid) }
    }
    try size.demandRoom()
}

/// The picture format; nil if a listing is wanted.
/// - Throws: `usage` for a file name with another extension.
private func pictureType(_ call: Call) throws -> PictureType? {
    if let type = call.documentType(type) { return type }
    guard let name = call[Standard.output]?.split(separator: "/").last, case let ending = File.ending(of: String(name)), !ending.isEmpty
    else { return nil }
    guard listingEndings.contains(ending) else {
        throw Failure(
            .usage, .dxfDiff, "the format of '\(name)' is not known",
            hint: "-o FILE.svg, .png or .pdf is a picture, .\(listingEndings.joined(separator: ", .")) a list")
    }
    return nil
}

private let listingEndings = ["csv", "json", "md", "ndjson", "tsv", "txt"]

/// Notes how the drawings are aligned.
private func lying(_ revision: ProcessRevision, _ laid: Revision.Laid?, on old: String) -> [String] {
    func shown(_ shift: Point) -> String { "\(Decimal.hundredths(shift.x)), \(Decimal.hundredths(shift.y)) mm" }
    var notes: [String] = []
    if let laid {
        let map = laid.map
        let turn = "\(map.isMirrored ? "turned over, " : "")turned by \(Decimal.hundredths(map.degrees)) degrees"
        notes.append("laid on \(old): \(turn), moved by \(shown(map.shift)); \(Int(100 * laid.share)) % of it fits")
    }
    if let shift = revision.commonShift, shift.x != 0 || shift.y != 0 {
        notes.append("everything is moved by \(shown(shift)): --align lays one on the other")
    }
    return notes
}

/// Notes how many contours changed, and the totals of each process.
private func sums(_ revision: ProcessRevision) -> [String] {
    let counts = Revision.Kind.allCases.map { ($0, revision.count($0)) }.filter { $0.1 > 0 }
    let lengths = revision.parts.compactMap { part -> String? in
        let (before, after) = (part.before, part.after)
        if part.process == .cut {
            return "cut length \(Decimal.hundredths(before.cutLengthMM)) -> \(Decimal.hundredths(after.cutLengthMM)) mm, "
                + "pierces \(before.pierces) -> \(after.pierces), "
                + "net area \(Decimal.hundredths(before.netAreaMM2)) -> \(Decimal.hundredths(after.netAreaMM2)) mm2"
        }
        guard !part.revision.isSame else { return nil }
        return "\(part.process.word) \(Decimal.hundredths(before.lengthMM)) -> \(Decimal.hundredths(after.lengthMM)) mm"
    }
    return [counts.map { "\($0.1) \($0.0.rawValue)" }.joined(separator: ", ") + ", \(revision.kept) unchanged"]
        + [lengths.joined(separator: "; ")]
}

extension Comparison {
    fileprivate init(_ revision: ProcessRevision, _ map: Rigid, title: String) {
        self.init(title: title, .english)
        let boxes = revision.parts.flatMap { [$0.before.box, $0.after.box] }
        let error = max(0.002, min(0.5, (boxes.map { max($0.width, $0.height) }.max() ?? 0) / 20_000))
        func laid(_ contour: PreviewContour) -> PreviewContour { PreviewContour(contour.outline.mapped(map), contour.role) }
        for part in revision.parts {
            let (was, now) = (part.before.documentOutlines(toleranceMM: error), part.after.documentOutlines(toleranceMM: error))
            same += part.revision.kept.map { laid(now[$0]) }
            added += part.revision.changes.compactMap(\.new).map { laid(now[$0]) }
            removed += part.revision.changes.compactMap(\.old).map { was[$0] }
            changes += part.revision.changes.map { "\($0.kind.rawValue): \(DiffListing.sentence($0, part))" }
        }
    }
}
