import Console
import Drawings
import Shop
import Values

private let files = Rest<String>("FILE...", "DXF drawings and LightBurn projects, or folders of them; - is standard input", from: .files)

private struct LayerRow: Sendable {
    let file: String
    let style: StyleMeasure

    static let columns: [Column<LayerRow>] = [
        Column("file") { $0.file }, Column("layer") { $0.style.layer }, Column("process") { $0.style.process.word },
        Column("length_mm") { $0.style.lengthMM }, Column("contours") { $0.style.contours }, Column("closed") { $0.style.closed },
        Column("entities") { $0.style.entities }, Column("hidden") { $0.style.hidden }, Column("colour") { $0.style.color },
        Column("linetype") { $0.style.lineType }, Column("hidden_length_mm", wide: true) { $0.style.hiddenLengthMM },
    ]
}

let layersCommand = Command.free(
    "dxf layers", "List the layers of drawings with what is done along their lines", [files] + measureParameters, permission: .open,
    about: """
        Each row is a layer with one line type and colour. The process of its lines (cut, mark, engrave, bend, centre, ignore) comes
        from the rules of the setting `dxf_processes`: `layer:BEND*=bend`, `word:PLI=bend`, `linetype:CENTER*=centre`,
        `colour:5=mark`, the first rule that matches; lines that match none are cut. In a pattern `*` stands for any characters and
        `?` for one, and case does not matter. A word is a run of letters in a layer's name: `word:PLI=bend` matches `Ligne de pli
        2`. `BYLAYER` and `BYBLOCK` are followed to the layer and to the insert; colours are AutoCAD's numbers.

        `standard` stands for the rules that hold by themselves: names that CAD programs give, and words of nine languages.

        \(Processes.standardText)

        Contours are counted within each row. Prices and times count only lines that are cut.
        """,
    examples: [
        "laseros dxf layers 0004-Panel-AL-2mm-x6.dxf",
        "laseros dxf layers 0004-Panel-AL-2mm-x6.dxf --processes 'layer:HOLES=mark' --json",
    ], answer: LayerRow.columns.map(\.heading)
) { call in
    let options = try measureOptions(call)
    let batch = try DrawingBatch(call[files], in: call.environment) { file, drawing in
        let measured = try drawing.measure(options)
        let rows = measured.styles.map { LayerRow(file: file.name, style: $0) }
        return (rows: rows, uncounted: MeasuringNotes(file, drawing, measured, options))
    }
    let rows = batch.made.flatMap(\.rows)
    let output = Output.rows(Listing(rows, LayerRow.columns))
    return batch.telling(output.noting(lengths(rows.map(\.style))).noting(batch.made.map(\.uncounted)))
}

/// `cut 1026.19 mm, centre 96 mm`
private func lengths(_ styles: [StyleMeasure]) -> [String] {
    let parts = Process.allCases.compactMap { process -> String? in
        let length = styles.filter { $0.process == process }.reduce(0) { $0 + $1.lengthMM }
        return length > 0 ? "\(process.word) \(Decimal.hundredths(length)) mm" : nil
    }
    return parts.isEmpty ? [] : [parts.joined(separator: ", ")]
}
