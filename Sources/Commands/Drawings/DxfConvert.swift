import Console
import Drawings
import Shop
import Values

/// The format to write.
private enum WrittenType: String, Choice { case dxf, svg }

private enum VersionWord: String, Choice {
    case r12, r2000 = "2000"
    var version: DXFVersion { self == .r12 ? .r12 : .r2000 }
}

private let file = Operand<String>("FILE", "a DXF drawing; - is standard input", from: .files)
private let type = Option<WrittenType>("--type TYPE", "dxf or svg; default: the ending of the -o file")
private let version = Option<VersionWord>("--version VERSION", "version of the DXF: r12 or 2000; default 2000")
private let tolerance = Option<Length>("--tolerance MM", "how far chords may be from the curves that they replace; default 0.01")

let convertCommand = Command.free(
    "dxf convert", "Write a drawing as DXF R12, DXF 2000 or SVG", [file, type, version, tolerance] + Measuring.takingParameters,
    permission: .open,
    about: """
        Blocks are expanded, and the unit is written. DXF 2000 keeps lines, arcs, polylines with arcs, ellipses and splines as they are:
        the new file measures the same. R12 has no ellipses and splines: they become chords within `--tolerance`. SVG is in
        millimetres and as large as the drawing, with real arcs and curves, and a group for each layer.

        Texts, dimensions and hatches are not cut, and not written. `--process cut` leaves out bend and centre lines as well, and
        `--isolate` writes the part of a drawing sheet.
        """,
    examples: [
        "laseros dxf convert 0002-Bracket-MS-5mm-x10.dxf -o bracket.svg",
        "laseros dxf convert 0003-Gasket-SS-1mm-x25.dxf --version r12 -o gasket.dxf",
        "laseros dxf convert 0004-Panel-AL-2mm-x6.dxf --process cut -o panel.dxf",
    ]
) { call in
    let source = DrawingFile(name: try call[file], path: call.environment.path(try call[file]))
    let type = try writtenType(call), version = call[version]?.version ?? .r2000
    // The tolerance for chords is separate from the one for joining ends.
    var taking = try measureOptions(call)
    taking.toleranceMM = Measure.Options().toleranceMM
    let options = Conversion(taking, toleranceMM: call[tolerance]?.millimetres ?? 0.01)
    guard options.toleranceMM > 0 else {
        throw Failure(.usage, .dxfConvert, "--tolerance 0 would take chords without end", hint: "--tolerance 0.001")
    }
    let made: (bytes: [UInt8], measured: Measurement, uncounted: MeasuringNotes)
    do {
        made = try source.read(call.environment) { drawing in
            let measured = try drawing.measure(options.taking)
            let uncounted = MeasuringNotes(source, drawing, measured, options.taking, writing: true)
            guard measured.contourCount > 0 else {
                throw Failure(
                    .input, .dxfConvert, "there is nothing to cut in it, so nothing is written", hint: [uncounted].sentences.first)
            }
            let bytes = type == .svg ? try drawing.svg(options) : try drawing.dxf(version, options)
            if type == .dxf { try expectSame(bytes, as: measured) }
            return (bytes, measured, uncounted)
        }
    } catch let failure as Failure {
        throw source.naming(failure)
    }
    let form = type == .svg ? "SVG" : version == .r12 ? "DXF R12" : "DXF 2000"
    let count = made.measured.drawnContours, length = Decimal.hundredths(made.measured.lengthMM)
    let contours = "\(counted(count, "contour"))"
    let output = Output.document(made.bytes, "wrote \(call[Standard.output] ?? "-") as \(form): \(contours), \(length) mm")
    return output.noting(twice(count - made.measured.contourCount)).noting([made.uncounted])
}

/// Checks that the new file has the same contours. Far from the origin, floating-point numbers are too coarse for the ends of arcs, so that
/// joined ends may come apart.
private func expectSame(_ bytes: [UInt8], as measured: Measurement) throws {
    let corners = [measured.box.min.x, measured.box.min.y, measured.box.max.x, measured.box.max.y]
    let farthest = corners.lazy.map(\.magnitude).max() ?? 0
    guard farthest > 1e10 * measured.mmPerUnit else { return }
    let again = try Drawing(reading: bytes).measure(Measure.Options(hidden: true))
    guard again.contourCount != measured.contourCount else { return }
    throw Failure(
        .input, .dxfConvert,
        "it is drawn so far from zero that the new file would have \(again.contourCount) contours in place of \(measured.contourCount)",
        hint: "move it to zero in the program that it comes from")
}

/// Notes lines that are drawn twice: the new file contains both, so both would be cut.
private func twice(_ count: Int) -> [String] {
    count == 0 ? [] : ["\(count) of them \(worded(count, "lies", "lie")) on others, and \(worded(count, "is", "are")) written as well"]
}

private func writtenType(_ call: Call) throws -> WrittenType {
    if let type = call.documentType(type) { return type }
    guard call.has(version) else {
        throw Failure(
            .usage, .dxfConvert, "the format to write is not known", hint: "-o FILE.dxf or .svg; or --type \(WrittenType.word)")
    }
    return .dxf
}
