import Console
import Drawings
import Values

private let file = Operand<String>("FILE", "a DXF drawing; - is standard input", from: .files)
private let columns = Option<Count>("--columns NUMBER", "how wide; by itself as wide as the terminal, or 80")

let showCommand = Command.free(
    "dxf show", "Draw a drawing in the terminal", [file, columns] + measureParameters,
    about: "Outlines and holes are drawn with Braille dots, two by four to a character, with the size and the cut below.",
    examples: ["laseros dxf show 0002-Bracket-MS-5mm-x10.dxf --columns 40"]
) { call in
    let source = DrawingFile(name: try call[file], path: call.world.path(try call[file])), options = try measureOptions(call)
    let wide = min(call[columns]?.value ?? call.world.width ?? 80, 1000)
    do {
        return try source.read(call.world) { drawing in
            let measured = try drawing.measure(options), box = measured.box
            guard !box.isEmpty else { throw Failure(.input, "there is nothing to draw") }
            // Half a dot is as fine as chords have to be; as many lines as make a square keep a tall part on the screen.
            let dot = max(box.width, box.height) / Double(2 * wide)
            let picture = Braille(measured.outlines(toleranceMM: max(dot / 4, 1e-3)), box: box, columns: wide, rows: max(wide / 2, 1))
            let pierces = "\(measured.pierces) \(measured.pierces == 1 ? "pierce" : "pierces")"
            let holes = "\(measured.holes) \(measured.holes == 1 ? "hole" : "holes")"
            let open = measured.open == 0 ? "" : ", \(measured.open) open"
            let line =
                "\(hundredths(box.width)) x \(hundredths(box.height)) mm, \(holes)\(open), cut \(hundredths(measured.cutLengthMM)) mm, \(pierces)"
            return .text((picture.lines + [line]).joined(separator: "\n") + "\n")
        }
    } catch let failure as Failure {
        throw source.naming(failure)
    }
}
