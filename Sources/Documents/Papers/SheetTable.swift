import Drawings

/// A table of lines: its heading, its head, and a block for each line.
struct SheetTable {
    let sheet: PaperLayout
    private let table: BusinessDocument.Table
    /// Its place among the tables of the document.
    private let number: Int
    /// The x of the item's text and its width.
    private let itemX, itemWidth: Double
    /// The right edge and the width of each column of figures.
    private let figures: [(right: Double, width: Double)]
    private let picture: Double

    private static let gutter = 14.0
    private static let padding = 5.5
    /// The space above and below a code within its row, which keeps the lines of the table out of its quiet zone.
    private static let codeMargin = 5.0

    init(_ table: BusinessDocument.Table, _ number: Int, of sheet: PaperLayout) {
        let type = sheet.type
        let widest = table.columns.figures.enumerated().map { index, name in
            table.lines.reduce(max(type.width(name, PaperLayout.label), 44)) { widest, line in
                index < line.figures.count ? max(widest, type.width(line.figures[index], PaperLayout.body)) : widest
            }
        }
        let picture = table.lines.contains { !$0.drawing.isEmpty || $0.code != nil } ? table.picture : 0
        let itemX = PaperLayout.left + (picture > 0 ? picture + 14 : 0)
        // Figures are on one line as long as 150 points remain for the item; otherwise all columns wrap.
        let share = (PaperLayout.right - itemX - 150) / Double(max(widest.count, 1)) - Self.gutter
        let roomy = widest.reduce(0) { $0 + $1 - share } <= 0
        var right = PaperLayout.right
        var figures: [(right: Double, width: Double)] = []
        for wide in widest.reversed() {
            let width = roomy ? wide : min(wide, share)
            figures.insert((right, width), at: 0)
            right -= width + Self.gutter
        }
        (self.sheet, self.table, self.number) = (sheet, table, number)
        (self.figures, self.picture, self.itemX) = (figures, picture, itemX)
        itemWidth = right - itemX
    }

    var head: Block {
        let columns = table.columns
        return Block(height: 19, staysWithNext: true) { [self] canvas, y in
            canvas.text(sheet.type.shortened(columns.item, itemWidth, PaperLayout.label), PaperLayout.left, y, PaperLayout.label)
            for (name, column) in zip(columns.figures, figures) {
                canvas.text(sheet.type.shortened(name, column.width, PaperLayout.label), column.right, y, PaperLayout.label, .right)
            }
            canvas.line(PaperLayout.left, y + 15, PaperLayout.right, y + 15, sheet.accent, width: 0.8)
        }
    }

    private var heading: [Block] {
        guard !table.heading.isEmpty else { return [] }
        let style = TextStyle(11, bold: true, sheet.accent)
        return [
            Block(height: style.leading + 6, space: 18, staysWithNext: true) { [self] canvas, y in
                canvas.text(sheet.type.shortened(table.heading, PaperLayout.right - PaperLayout.left, style), PaperLayout.left, y, style)
            }
        ]
    }

    /// Splits a line longer than a page into several blocks.
    func blocks(longest: Double) -> [Block] { heading + [head] + table.lines.flatMap { pieces($0, longest) } }

    /// A text and its place in a row of the table; y is measured from the row's upper edge.
    private struct Entry {
        var text: String
        var x, y: Double
        var style: TextStyle
        var side: Side
    }

    private func pieces(_ line: BusinessDocument.Line, _ longest: Double) -> [Block] {
        let entries = entries(line)
        let text = entries.reduce(PaperLayout.body.leading) { max($0, $1.y + $1.style.leading) }
        let side = line.code != nil ? picture + 2 * Self.codeMargin : line.drawing.isEmpty ? 0 : picture
        let tall = max(text, side) + 2 * Self.padding
        guard tall > longest else { return [block(entries, tall, line)] }
        let room = longest - 2 * Self.padding - PaperLayout.body.leading
        return stride(from: 0, to: text, by: room).map { start in
            let part = entries.filter { $0.y >= start && $0.y < start + room }.map { entry in
                var entry = entry
                entry.y -= start
                return entry
            }
            let end = part.reduce(start == 0 ? side : 0) { max($0, $1.y + $1.style.leading) }
            return block(part, end + 2 * Self.padding, start == 0 ? line : nil)
        }
    }

    private func entries(_ line: BusinessDocument.Line) -> [Entry] {
        var entries: [Entry] = []
        var y = 0.0
        for (texts, style) in [([line.title], PaperLayout.strong), (line.details, PaperLayout.small)] {
            for part in texts.flatMap({ sheet.type.wrap($0, itemWidth, style) }) {
                entries.append(Entry(text: part, x: itemX, y: y, style: style, side: .left))
                y += style.leading
            }
            y += 1
        }
        for (figure, column) in zip(line.figures, figures) {
            for (row, part) in sheet.type.wrap(figure, column.width + 0.01, PaperLayout.body).enumerated() {
                let y = Double(row) * PaperLayout.body.leading
                entries.append(Entry(text: part, x: column.right, y: y, style: PaperLayout.body, side: .right))
            }
        }
        return entries
    }

    /// - Parameter pictured: the line whose drawing or code is beside the text.
    private func block(_ entries: [Entry], _ height: Double, _ pictured: BusinessDocument.Line?) -> Block {
        Block(height: height, table: number) { [self] canvas, y in
            for entry in entries { canvas.text(entry.text, entry.x, y + Self.padding + entry.y, entry.style, entry.side) }
            var area = Area(PaperLayout.left, y + Self.padding, picture, picture)
            if let code = pictured?.code {
                area.y += Self.codeMargin
                canvas.qrCode(code, in: area)
            } else if let drawing = pictured?.drawing, case let box = Box(around: drawing), !box.isEmpty {
                let accent = sheet.accent
                canvas.outlines(drawing, PageFit(box, in: area), Look(filling: accent.tint(0.14), line: 0.5, only: accent))
            }
            canvas.line(PaperLayout.left, y + height, PaperLayout.right, y + height, .hairline, width: 0.4)
        }
    }
}
