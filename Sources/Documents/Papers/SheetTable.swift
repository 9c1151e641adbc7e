import Drawings

/// The table of lines: its head, and a block for each line.
struct SheetTable {
    let sheet: PaperLayout
    /// The x of the item's text and its width.
    private let itemX, itemWidth: Double
    /// The right edge and the width of each column of figures.
    private let figures: [(right: Double, width: Double)]
    private let thumbnail: Double

    private static let gutter = 14.0
    private static let padding = 5.5

    init(_ sheet: PaperLayout) {
        let (type, paper) = (sheet.type, sheet.paper)
        let widest = paper.columns.figures.enumerated().map { index, name in
            paper.lines.reduce(max(type.width(name, PaperLayout.label), 44)) { widest, line in
                index < line.figures.count ? max(widest, type.width(line.figures[index], PaperLayout.body)) : widest
            }
        }
        let thumbnail = paper.lines.contains { !$0.drawing.isEmpty } ? 38.0 : 0
        let itemX = PaperLayout.left + (thumbnail > 0 ? thumbnail + 14 : 0)
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
        (self.sheet, self.figures, self.thumbnail, self.itemX) = (sheet, figures, thumbnail, itemX)
        itemWidth = right - itemX
    }

    var head: Block {
        let columns = sheet.paper.columns
        return Block(height: 19, staysWithNext: true) { [self] canvas, y in
            canvas.text(sheet.type.shortened(columns.item, itemWidth, PaperLayout.label), PaperLayout.left, y, PaperLayout.label)
            for (name, column) in zip(columns.figures, figures) {
                canvas.text(sheet.type.shortened(name, column.width, PaperLayout.label), column.right, y, PaperLayout.label, .right)
            }
            canvas.line(PaperLayout.left, y + 15, PaperLayout.right, y + 15, sheet.accent, width: 0.8)
        }
    }

    /// Splits a line longer than a page into several blocks. The last line stays on the page of what follows the table.
    func blocks(longest: Double) -> [Block] {
        guard !sheet.paper.lines.isEmpty else { return [] }
        var blocks = [head]
        for line in sheet.paper.lines { blocks += pieces(line, longest) }
        blocks[blocks.count - 1].staysWithNext = true
        return blocks
    }

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
        let tall = max(text, line.drawing.isEmpty ? 0 : thumbnail) + 2 * Self.padding
        guard tall > longest else { return [block(entries, tall, line.drawing)] }
        let room = longest - 2 * Self.padding - PaperLayout.body.leading
        return stride(from: 0, to: text, by: room).map { start in
            let part = entries.filter { $0.y >= start && $0.y < start + room }.map { entry in
                var entry = entry
                entry.y -= start
                return entry
            }
            let end = part.reduce(start == 0 ? thumbnail : 0) { max($0, $1.y + $1.style.leading) }
            return block(part, end + 2 * Self.padding, start == 0 ? line.drawing : [])
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

    private func block(_ entries: [Entry], _ height: Double, _ drawing: [PreviewContour]) -> Block {
        Block(height: height, isRow: true) { [self] canvas, y in
            for entry in entries { canvas.text(entry.text, entry.x, y + Self.padding + entry.y, entry.style, entry.side) }
            if case let box = Box(around: drawing), !box.isEmpty {
                let place = PageFit(box, in: Area(PaperLayout.left, y + Self.padding, thumbnail, thumbnail))
                let accent = sheet.accent
                canvas.outlines(drawing, place, Look(filling: accent.tint(0.14), line: 0.5, only: accent))
            }
            canvas.line(PaperLayout.left, y + height, PaperLayout.right, y + height, .hairline, width: 0.4)
        }
    }
}
