import Drawings
import Values

/// Many drawings side by side with rings around their faults, and below each its name, size and verdict. On A4 in landscape, on as many
/// pages as needed.
package struct ContactSheet: Renderable, Sendable {
    package var title: String
    package var previews: [Preview]

    private let words: PictureWords

    package init(title: String, previews: [Preview], _ words: PictureWords) {
        (self.title, self.previews, self.words) = (title, previews, words)
    }

    private static let paper = Page(.a4, isUpright: false, margins: Page.Margins(30))
    private static let gap = 10.0
    private static let look = Look(filling: Colour.darkBlue.tint(0.08), line: 0.7)
    private static let heading = TextStyle(11, bold: true, .darkBlue)
    private static let name = TextStyle(7.5, bold: true)
    private static let details = TextStyle(7, .muted), wrong = TextStyle(7, .red), doubtful = TextStyle(7, .orange)
    private static let ring = (radius: 5.0, width: 1.2)

    /// Few drawings are shown in larger cells.
    private var columns: Int { previews.count <= 4 ? 2 : previews.count <= 9 ? 3 : previews.count <= 20 ? 5 : 6 }
    private var rowsOnPage: Int { columns < 4 ? columns : columns - 1 }
    private var top: Double { Self.paper.inner.y + Self.heading.leading + 6 }
    private var cell: (width: Double, height: Double) {
        (
            (Self.paper.inner.width - Double(columns - 1) * Self.gap) / Double(columns),
            (Self.paper.inner.bottom - top - Double(rowsOnPage - 1) * Self.gap) / Double(rowsOnPage)
        )
    }

    package var name: String { title }

    /// A picture is as high as its drawings need.
    /// - Throws: `refused` if it would be too high.
    package func page(for medium: Medium) throws -> Page {
        guard medium.isPicture else { return Self.paper }
        var page = Self.paper
        let rows = max(1, (previews.count + columns - 1) / columns)
        page.height = top + Double(rows) * (cell.height + Self.gap) - Self.gap + page.margins.bottom
        let dots = if case .png(let scale) = medium { page.height * scale } else { page.height }
        guard dots < 32_000 else {
            throw Failure(.refused, .contactSheet, "\(previews.count) drawings do not fit into one picture", hint: "-o FILE.pdf has pages")
        }
        return page
    }

    package func draw(on canvas: Canvas) {
        // The number of rows on the page; a picture is as high as all rows need.
        let rows = Int((canvas.page.height - top - canvas.page.margins.bottom + Self.gap) / (cell.height + Self.gap) + 0.5)
        let each = columns * max(rows, 1), pages = max(1, (previews.count + each - 1) / each)
        for page in 0..<pages {
            if page > 0 { canvas.nextPage() }
            draw(Array(previews.dropFirst(page * each).prefix(each)), pages == 1 ? "" : words.page(page + 1, pages), on: canvas)
        }
    }

    private func draw(_ previews: [Preview], _ page: String, on canvas: Canvas) {
        let key = Legend(previews.lazy.flatMap(\.outlines), Self.look, words, on: canvas),
            inner = canvas.page.inner, wide = inner.width - (page.isEmpty ? 0 : 40)
        canvas.text(canvas.type.shortened(title, wide - key.width - 20, Self.heading), inner.x, inner.y, Self.heading)
        key.draw(inner.x + wide - key.width, inner.y + Legend.style.drop(beside: Self.heading))
        canvas.text(page, inner.right, inner.y + Self.details.drop(beside: Self.heading), Self.details, .right)
        // Names of two lines raise the labels of all cells, so that the drawings stay aligned.
        let names = previews.map { name($0.title, on: canvas) }
        let details = previews.contains { !$0.facts.isEmpty } ? 3.0 : 2
        let foot = Double(names.map(\.count).max() ?? 1) * Self.name.leading + details * Self.details.leading
        for (number, preview) in previews.enumerated() {
            let x = inner.x + Double(number % columns) * (cell.width + Self.gap)
            let y = top + Double(number / columns) * (cell.height + Self.gap)
            draw(preview, x, y, height: cell.height - foot, on: canvas)
            label(preview, names[number], x + cell.width / 2, y + cell.height - foot, on: canvas)
        }
    }

    private func draw(_ preview: Preview, _ x: Double, _ y: Double, height: Double, on canvas: Canvas) {
        let room = (width: cell.width - 8, height: height - 14)
        let box = Box(around: preview.outlines)
        guard !box.isEmpty else {
            return canvas.text(words.nothingToDraw, x + cell.width / 2, y + room.height / 2, Self.details, .middle)
        }
        let place = PageFit(box, in: Area(x + 4, y + 4, room.width, room.height))
        canvas.outlines(preview.outlines, place, Self.look)
        for fault in preview.faults where fault.isPlaced {
            canvas.stroke(Path(circle: place(fault.place), radius: Self.ring.radius), Stroke(fault.colour, width: Self.ring.width))
        }
    }

    private func label(_ preview: Preview, _ name: [String], _ middle: Double, _ y: Double, on canvas: Canvas) {
        canvas.line(middle - cell.width / 2, y - 3, middle + cell.width / 2, y - 3, .hairline)
        let below = canvas.text(name, middle, y, Self.name, .middle)
        let size = preview.box.map { words.size($0.width, $0.height) } ?? words.nothingToCut
        var next = below
        for line in [size, preview.facts] where !line.isEmpty {
            canvas.text(canvas.type.shortened(line, cell.width, Self.details), middle, next, Self.details, .middle)
            next += Self.details.leading
        }
        let verdict = preview.isFaulty ? Self.wrong : Self.doubtful
        canvas.text(canvas.type.shortened(preview.verdict, cell.width, verdict), middle, next, verdict, .middle)
    }

    /// Breaks a name into at most two lines. The second line is not just the file extension.
    private func name(_ title: String, on canvas: Canvas) -> [String] {
        let lines = canvas.type.wrap(title, cell.width, Self.name, limit: 2)
        guard lines.count == 2, let dot = title.lastIndex(of: "."), lines[1].count <= title[dot...].count else { return lines }
        let head = lines[0]
        let mark = head.dropLast().lastIndex { "-_ ,;+".contains($0) }.map(head.index(after:))
        let end = mark ?? head.index(head.endIndex, offsetBy: -min(4, head.count))
        return [String(head[..<end]), head[end...] + lines[1]]
    }
}
