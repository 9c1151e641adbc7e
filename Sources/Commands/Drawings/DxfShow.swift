import Console
import Drawings
import Values

private let file = Operand<String>("FILE", "a DXF drawing; - is standard input", from: .files)
private let columns = Option<Count>("--columns NUMBER", "width in characters; default: that of the terminal, or 80")

let showCommand = Command.free(
    "dxf show", "Draw a drawing in the terminal", [file, columns] + measureParameters, permission: .open,
    about: """
        Outlines, holes and lines that are not cut are drawn with Braille dots, two by four to a character, with the size of what is cut
        and the sums of each process below.
        """,
    examples: ["laseros dxf show 0002-Bracket-MS-5mm-x10.dxf --columns 40"]
) { call in
    let source = DrawingFile(name: try call[file], path: call.environment.path(try call[file])), options = try measureOptions(call)
    let wide = min(call[columns]?.value ?? call.environment.width ?? 80, 1000)
    do {
        return try source.read(call.environment) { drawing in
            let parts = try drawing.measureApart(options), box = parts.main.box, all = parts.box
            guard !all.isEmpty else { throw Failure(.input, .dxfShow, "there is nothing to draw") }
            // Half a dot is fine enough for chords. The number of rows is limited so that a tall part stays on the screen.
            let dot = max(all.width, all.height) / Double(2 * wide)
            let outlines = parts.parts.flatMap { $0.measured.outlines(toleranceMM: max(dot / 4, 1e-3)) }
            let picture = Braille(outlines, box: all, columns: wide, rows: max(wide / 2, 1))
            let line = "\(Decimal.hundredths(box.width)) x \(Decimal.hundredths(box.height)) mm, \(parts.sums(cut: "cut"))"
            return .text((picture.lines + [line]).joined(separator: "\n") + "\n").noting([MeasuringNotes(source, drawing, parts, options)])
        }
    } catch let failure as Failure {
        throw source.naming(failure)
    }
}
