import Console
import Documents
import Drawings
import Shop
import Values

/// The format of a picture.
enum PictureType: String, Choice {
    case svg, png, pdf

    func medium(_ call: Call) throws -> Medium {
        switch self {
        case .svg: .svg
        case .png: .png(scale: 2)
        case .pdf: .pdf(day: try call.today().description)
        }
    }
}

private let files = Rest<String>("FILE...", "DXF drawings, or folders of them; - is standard input", from: .files)
private let type = Option<PictureType>("--type TYPE", "svg, png or pdf; default: the ending of the -o file")

let previewCommand = Command.free(
    "dxf preview", "Draw a picture of a drawing with its faults, or many on a sheet",
    [files, type, CheckBench.material, CheckBench.thickness] + measureParameters, permission: .open,
    about: """
        Cut lines are blue (holes light blue, open contours red), marked ones orange, engraved ones purple, bend lines green and
        dashed, centre lines and ignored ones grey (see `laseros dxf layers`). The sizes are those of the lines that are cut. Each
        error and warning of `laseros dxf check` is ringed and named, and `--thickness` means the same as there. A PDF has the size
        of the page, not of the part.

        Errors are red and warnings orange; of more than three equal faults only three are ringed.

        Many drawings stand side by side, their faults ringed, each with its name and size, thickness and quantity where the name tells
        them, and how many faults it has; a PDF has as many pages as that takes.
        """,
    examples: [
        "laseros dxf preview 0002-Bracket-MS-5mm-x10.dxf -o bracket.svg",
        "laseros dxf preview 0002-Bracket-MS-5mm-x10.dxf -t 10 -o thick.svg",
        "laseros dxf preview . -o parts.pdf",
    ]
) { call in
    let type = try pictureType(call), sources = try DrawingFile.named(call[files], in: call.environment)
    return sources.count == 1 ? try single(sources[0], type, call) : try sheet(type, call)
}

private func single(_ source: DrawingFile, _ type: PictureType, _ call: Call) throws -> Output {
    let camera = try Camera(call, chords: 4000, rings: 40), made: (preview: Preview, uncounted: MeasuringNotes)
    do {
        made = try source.read(call.environment) { try camera.picture(of: source, $0) }
    } catch let failure as Failure {
        throw source.naming(failure)
    }
    let preview = made.preview
    let bytes = try preview.render(type.medium(call)).bytes
    return .document(bytes, "wrote \(call[Standard.output] ?? "-")" + places([preview]))
        .noting(camera.notes).noting([made.uncounted])
}

/// Many drawings in a grid. Drawings that cannot be read are reported and left out.
private func sheet(_ type: PictureType, _ call: Call) throws -> Output {
    let camera = try Camera(call, chords: 3000, rings: 14)
    let batch = try DrawingBatch(call[files], in: call.environment) { try camera.picture(of: $0, $1) }
    let count = "\(counted(batch.made.count, "drawing"))"
    let sheet = ContactSheet(title: count, previews: batch.made.map(\.preview), .english)
    let bytes = try sheet.render(type.medium(call)).bytes
    let output = Output.document(bytes, "wrote \(call[Standard.output] ?? "-"), \(count)" + places(batch.made.map(\.preview)))
    return batch.telling(output.noting(camera.notes).noting(batch.made.map(\.uncounted)))
}

private func places(_ previews: [Preview]) -> String {
    let count = previews.reduce(0) { $0 + $1.faults.count }
    return count == 0 ? "" : ", faults ringed at \(counted(count, "place"))"
}

private func title(of file: DrawingFile) -> String {
    file.name == "-" ? "standard input" : file.name.split(separator: "/").last.map(String.init) ?? file.name
}

private func pictureType(_ call: Call) throws -> PictureType {
    guard let type = call.documentType(type) else {
        throw Failure(
            .usage, .dxfPreview, "the format of the picture is not known", hint: "-o FILE.svg, .png or .pdf; or --type \(PictureType.word)")
    }
    return type
}

/// Makes pictures of drawings.
private struct Camera: Sendable {
    private let options: Measure.Options
    private let bench: CheckBench
    /// The reasons why checks were left out, if a material was given.
    let notes: [String]
    /// The resolution: the size of the drawing divided by the tolerance for chords. On a page, finer chords look the same.
    private let chords: Double
    /// How many rings fit side by side.
    private let rings: Double
    /// The names of all requested drawings.
    private let names: Set<String>

    init(_ call: Call, chords: Double, rings: Double) throws {
        options = try measureOptions(call)
        bench = try CheckBench(call)
        notes = call.has(CheckBench.material) ? bench.notes : []
        (self.chords, self.rings) = (chords, rings)
        names = try DrawingFile.names(call[files], in: call.environment)
    }

    func picture(of file: DrawingFile, _ drawing: Drawing) throws -> (preview: Preview, uncounted: MeasuringNotes) {
        let parts = try drawing.measureApart(options), box = parts.main.box
        let checked = try options.process == nil ? parts.cut ?? drawing.measure(options.doing(.cut)) : parts.main
        let twin = file.twinDefect(try drawing.measure(options), options, among: names).map { [$0] } ?? []
        let faults = drawing.check(checked, bench.limits(bench.thickness(of: file).0)).filter { $0.severity != .note } + twin
        let error = max(0.01, min(0.5, max(box.width, box.height) / chords))
        var preview = Preview(title: title(of: file), outlines: parts.documentOutlines(toleranceMM: error), .english)
        if !box.isEmpty {
            let size = "\(Decimal.hundredths(box.width)) x \(Decimal.hundredths(box.height)) mm"
            preview.details = ["\(size), \(parts.sums(cut: "cutting length"))"]
            preview.box = box
        }
        let groups = DefectGroup.grouped(faults)
        preview.unplaced = groups.filter(\.places.isEmpty).map { "\($0.defect.severity.rawValue): \($0.consequence)" }
        preview.faults = ringed(groups, apart: max(box.width, box.height) / rings)
        preview.verdict = Defect.counts(faults)
        preview.isFaulty = faults.contains { $0.severity == .error }
        preview.facts = bench.facts(of: file)
        return (preview, MeasuringNotes(file, drawing, parts, options))
    }
}

extension ProcessParts {
    /// `cut 591.5 mm, 5 pierces, 4 holes, 1 open; bend 240 mm`
    func sums(cut word: String) -> String {
        let sums = parts.map { process, measured in
            guard process == .cut else { return "\(process.word) \(Decimal.hundredths(measured.lengthMM)) mm" }
            return
                "\(word) \(Decimal.hundredths(measured.cutLengthMM)) mm, \(counted(measured.pierces, "pierce")), "
                + "\(counted(measured.holes, "hole"))" + (measured.open == 0 ? "" : ", \(measured.open) open")
        }
        return sums.joined(separator: "; ")
    }
}

/// Draws one ring per place, and at most three for many similar faults, because hundreds of rings would hide the drawing.
private func ringed(_ groups: [DefectGroup], apart distance: Double) -> [Preview.Fault] {
    struct Place: Hashable { let x, y: Double }
    var rings: [(fault: Preview.Fault, count: Int)] = [], known: [Place: Int] = [:]
    for group in groups {
        for place in group.places {
            let cell = Place(x: (place.x / distance).rounded(), y: (place.y / distance).rounded())
            if let ring = known[cell] {
                rings[ring].count += 1
            } else {
                known[cell] = rings.count
                let label = "\(group.defect.severity.rawValue): \(group.consequence)"
                rings.append((Preview.Fault(place, label, isError: group.defect.severity == .error), 1))
            }
        }
    }
    return rings.map { ring in
        var fault = ring.fault
        if ring.count > 1 { fault.label += " (and \(ring.count - 1) more here)" }
        return fault
    }
}
