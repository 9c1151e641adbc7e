import Console
import Documents
import Drawings
import Shop
import Values

private let old = Operand<String>("OLD", "a DXF drawing; - is standard input", from: .files)
private let new = Operand<String>("NEW", "its newer version", from: .files)
private let align = Flag("--align", "lay the newer drawing on the older one first: it was moved or turned as a whole")
private let type = Option<PictureType>("--type TYPE", "draw it: svg, png or pdf; by itself what the name after -o ends with")

let diffCommand = Command.free(
    "dxf diff", "Tell what changed between two versions of a drawing", [old, new, align, withinOption, type] + measureParameters,
    about: """
        Contours are told that were added, removed, moved, resized or reshaped, with their places in millimetres of the older drawing. The
        exit code is 1 when the drawings differ. `-o FILE.svg`, `.png` or `.pdf` draws it: what is new green, what is gone red, the rest
        grey.
        """,
    examples: ["laseros dxf diff 0002-Bracket-MS-5mm-x10.dxf 0007-Link-MS-8mm-x12.dxf"], answer: DiffListing.headings
) { call in
    let read = try [try call[old], try call[new]].map { try measure($0, call) }
    let measured = read.map(\.measured), uncounted = read.map(\.uncounted)
    let revision = Revision(measured[0], measured[1], withinMM: withinMM(call), aligned: call[align])
    let code: Int32 = revision.isSame ? 0 : 1
    let notes = try notes(revision, measured[0], measured[1], call)
    guard let picture = pictureType(call) else {
        let rows = revision.changes.map { DiffListing.row($0, measured[0], measured[1]) }
        return Output(.rows(Listing(DiffListing.headings, rows)), code: code, notes: notes).noting(uncounted)
    }
    let comparison = comparison(revision, measured[0], measured[1], try call[old], try call[new])
    let bytes =
        switch picture {
        case .svg: try comparison.svg()
        case .png: try comparison.png()
        case .pdf: try comparison.pdf(day: try call.today().description)
        }
    return Output(.document(bytes, "wrote \(call[Standard.output] ?? "-")"), code: code, notes: notes).noting(uncounted)
}

private func measure(_ name: String, _ call: Call) throws -> (measured: Measurement, uncounted: Uncounted) {
    let source = DrawingFile(name: name, path: call.world.path(name)), options = try measureOptions(call)
    do {
        return try source.read(call.world) { drawing in
            let measured = try drawing.measure(options)
            return (measured, Uncounted(source, drawing, measured, options))
        }
    } catch let failure as Failure {
        throw source.naming(failure)
    }
}

/// Nothing where a listing is wanted.
private func pictureType(_ call: Call) -> PictureType? {
    if let type = call[type] { return type }
    guard let name = call[Standard.output], name.contains("."), let ending = name.split(separator: ".").last else { return nil }
    return PictureType(rawValue: ending.lowercased())
}

/// The sums of both versions, and how they lie.
private func notes(_ revision: Revision, _ before: Measurement, _ after: Measurement, _ call: Call) throws -> [String] {
    var notes: [String] = []
    if call[align] {
        let map = revision.map, shift = "\(Decimal.hundredths(map.shift.x)), \(Decimal.hundredths(map.shift.y)) mm"
        notes.append(
            "laid on \(try call[old]): \(map.isMirrored ? "turned over, " : "")turned by \(Decimal.hundredths(map.degrees)) degrees, moved by \(shift)"
        )
    }
    if let shift = revision.commonShift, shift.x != 0 || shift.y != 0 {
        notes.append(
            "everything is moved by \(Decimal.hundredths(shift.x)), \(Decimal.hundredths(shift.y)) mm: --align lays one on the other")
    }
    guard !revision.isSame else { return notes + ["the drawings are cut the same"] }
    let counts = Revision.Kind.allCases.map { kind in (kind, revision.changes.count { $0.kind == kind }) }.filter { $0.1 > 0 }
    notes.append(counts.map { "\($0.1) \($0.0.rawValue)" }.joined(separator: ", ") + ", \(revision.kept.count) unchanged")
    notes.append(
        "cut length \(Decimal.hundredths(before.cutLengthMM)) -> \(Decimal.hundredths(after.cutLengthMM)) mm, pierces \(before.pierces) -> \(after.pierces), "
            + "net area \(Decimal.hundredths(before.netAreaMM2)) -> \(Decimal.hundredths(after.netAreaMM2)) mm2")
    return notes
}

private func comparison(_ revision: Revision, _ before: Measurement, _ after: Measurement, _ old: String, _ new: String) -> Comparison {
    let error = max(0.002, min(0.5, max(before.box.width, before.box.height, after.box.width, after.box.height) / 20_000))
    let (was, now) = (before.documentOutlines(toleranceMM: error), after.documentOutlines(toleranceMM: error))
    func laid(_ outline: Documents.Outline) -> Documents.Outline {
        Documents.Outline(
            outline.points.map { point in
                let place = revision.map(Point(point.x, point.y))
                return (x: place.x, y: place.y)
            }, outline.role)
    }
    var comparison = Comparison(title: "\(old) → \(new)")
    comparison.same = revision.kept.map { laid(now[$0]) }
    comparison.added = revision.changes.compactMap(\.new).map { laid(now[$0]) }
    comparison.removed = revision.changes.compactMap(\.old).map { was[$0] }
    comparison.changes = revision.changes.map { "\($0.kind.rawValue): \(DiffListing.sentence($0, before, after))" }
    return comparison
}
