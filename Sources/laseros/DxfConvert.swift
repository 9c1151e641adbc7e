import Console
import Drawings
import Shop
import Values

/// What a drawing is written as.
private enum WrittenType: String, Choice { case dxf, svg }

private enum VersionWord: String, Choice {
    case r12, r2000 = "2000"
    var version: DXFVersion { self == .r12 ? .r12 : .r2000 }
}

private let file = Operand<String>("FILE", "a DXF drawing; - is standard input", from: .files)
private let type = Option<WrittenType>("--type TYPE", "dxf or svg; by itself what the name after -o ends with")
private let version = Option<VersionWord>("--version VERSION", "of the DXF: r12 or 2000; 2000 by itself")
private let tolerance = Option<Length>("--tolerance MM", "how far chords may be off the curves they stand for; 0.01 by itself")

let convertCommand = Command.free(
    "dxf convert", "Write a drawing as DXF R12, DXF 2000 or SVG", [file, type, version, tolerance] + Measuring.takingParameters,
    about: """
        Blocks are expanded, and the unit is written. DXF 2000 keeps lines, arcs, polylines with arcs, ellipses and splines as they are:
        the new file measures the same. R12 has no ellipses and splines: they become chords no further off than `--tolerance`. SVG is in
        millimetres and as large as the drawing, with real arcs and curves, and a group for each layer.

        Texts, dimensions and hatches are not cut, and not written. `--process cut` leaves out bend and centre lines as well, and `--isolate`
        writes the part of a drawing sheet.
        """,
    examples: [
        "laseros dxf convert 0002-Bracket-MS-5mm-x10.dxf -o bracket.svg",
        "laseros dxf convert 0003-Gasket-SS-1mm-x25.dxf --version r12 -o gasket.dxf",
        "laseros dxf convert 0004-Panel-AL-2mm-x6.dxf --process cut -o panel.dxf",
    ]
) { call in
    let source = DrawingFile(name: try call[file], path: call.world.path(try call[file]))
    let type = try writtenType(call), version = call[version]?.version ?? .r2000
    // Chords are one thing, joining ends another.
    var taking = try measureOptions(call)
    taking.toleranceMM = Measure.Options().toleranceMM
    let options = Conversion(taking, toleranceMM: call[tolerance]?.millimetres ?? 0.01)
    guard options.toleranceMM > 0 else { throw Failure(.usage, "--tolerance 0 would take chords without end", hint: "--tolerance 0.001") }
    let made: (bytes: [UInt8], measured: Measurement)
    do {
        made = try source.read(call.world) { drawing in
            let measured = try drawing.measure(options.taking)
            guard measured.contourCount > 0 else {
                throw Failure(.input, "there is nothing to cut in it, so nothing is written", hint: leftOut(measured).first)
            }
            return (type == .svg ? try drawing.svg(options) : try drawing.dxf(version, options), measured)
        }
    } catch let failure as Failure {
        throw source.naming(failure)
    }
    let form = type == .svg ? "SVG" : version == .r12 ? "DXF R12" : "DXF 2000"
    let measured = made.measured, contours = "\(measured.contourCount) \(measured.contourCount == 1 ? "contour" : "contours")"
    var output = Output.document(
        made.bytes, "wrote \(call[Standard.output] ?? "-") as \(form): \(contours), \(Decimal.hundredths(measured.lengthMM)) mm")
    let damage = measured.notes.filter(\.isDamage)
    if !damage.isEmpty { output.code = Failure.Kind.input.rawValue }
    return output.noting(leftOut(measured) + damage.map { "error: \(source.name): \($0.message)" })
}

private func writtenType(_ call: Call) throws -> WrittenType {
    if let type = call[type] { return type }
    let name = call[Standard.output] ?? "-", ending = name.split(separator: ".").last.map { $0.lowercased() } ?? ""
    if name.contains("."), let type = WrittenType(rawValue: ending) { return type }
    guard call.has(version) else {
        throw Failure(.usage, "what is the drawing to be written as?", hint: "-o FILE.dxf or .svg; or --type \(WrittenType.word)")
    }
    return .dxf
}

/// What of the drawing is not in the new file.
private func leftOut(_ measured: Measurement) -> [String] {
    var notes: [String] = []
    if !measured.skipped.isEmpty {
        let kinds = measured.skipped.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
        notes.append("not written, because it is not cut: \(kinds.joined(separator: ", "))")
    }
    if measured.hiddenLengthMM > 0, !measured.includesHidden {
        notes.append("not written: \(Decimal.hundredths(measured.hiddenLengthMM)) mm on hidden layers (--hidden writes them)")
    }
    if !measured.passed.isEmpty {
        notes.append(
            "not written: " + measured.passed.map { "\($0.process.word) \(Decimal.hundredths($0.lengthMM)) mm" }.joined(separator: ", "))
    }
    if let sheet = measured.sheet {
        notes.append("it is a drawing sheet: \(sheet.reason); " + (sheet.isIsolated ? "its part is written" : "--isolate writes its part"))
    }
    return notes
}
