import Values

/// Many drawings side by side, each with its name and size below it; on A4 across, in as many pages as it takes.
package struct ContactSheet: Sendable {
    package struct Item: Sendable {
        package var name: String
        /// Below the name: its size.
        package var details: String
        package var outlines: [Outline]

        package init(name: String, details: String, outlines: [Outline]) {
            (self.name, self.details, self.outlines) = (name, details, outlines)
        }
    }

    package var title: String
    package var items: [Item]

    package init(title: String, items: [Item]) { (self.title, self.items) = (title, items) }

    private static let width = 297 / 25.4 * 72, pageHeight = 210 / 25.4 * 72
    private static let margin = 30.0, gap = 10.0
    private static let look = Look(filling: Colour.darkBlue.tint(0.08), line: 0.7)
    private static let heading = Style(11, bold: true, .darkBlue)
    private static let name = Style(7.5, bold: true)
    private static let details = Style(7, .muted)

    /// Few drawings are shown larger.
    private var columns: Int { items.count <= 4 ? 2 : items.count <= 9 ? 3 : items.count <= 20 ? 5 : 6 }
    private var rowsOnPage: Int { columns < 4 ? columns : columns - 1 }
    private var top: Double { Self.margin + Self.heading.leading + 6 }
    private var cell: (width: Double, height: Double) {
        (
            (Self.width - 2 * Self.margin - Double(columns - 1) * Self.gap) / Double(columns),
            (Self.pageHeight - top - Self.margin - Double(rowsOnPage - 1) * Self.gap) / Double(rowsOnPage)
        )
    }

    /// Pages of A4. The day is the date inside the PDF, `2026-11-30`.
    package func pdf(day: String) throws -> [UInt8] {
        let canvas = try Canvas(width: Self.width, height: Self.pageHeight, .pdf(title: title, author: "", day: day))
        let each = columns * rowsOnPage, pages = max(1, (items.count + each - 1) / each)
        for page in 0..<pages {
            if page > 0 { canvas.nextPage() }
            draw(Array(items.dropFirst(page * each).prefix(each)), pages == 1 ? "" : "\(page + 1) / \(pages)", on: canvas)
        }
        return try canvas.finish()
    }

    package func svg() throws -> [UInt8] { try picture(.svg, scale: 1) }

    /// - Throws: `refused` when the picture would be too high.
    package func png(scale: Double = 2) throws -> [UInt8] { try picture(.png(scale: scale), scale: scale) }

    /// One picture as high as the drawings need.
    private func picture(_ medium: Canvas.Medium, scale: Double) throws -> [UInt8] {
        let rows = max(1, (items.count + columns - 1) / columns)
        let height = top + Double(rows) * (cell.height + Self.gap) - Self.gap + Self.margin
        guard height * scale < 32_000 else {
            throw Failure(.refused, "\(items.count) drawings do not fit into one picture", hint: "-o FILE.pdf has pages")
        }
        let canvas = try Canvas(width: Self.width, height: height, medium)
        draw(items, "", on: canvas)
        return try canvas.finish()
    }

    private func draw(_ items: [Item], _ page: String, on canvas: Canvas) {
        canvas.text(canvas.type.shortened(title, Self.width - 2 * Self.margin - 60, Self.heading), Self.margin, Self.margin, Self.heading)
        canvas.text(page, Self.width - Self.margin, Self.margin, Self.details, .right)
        for (number, item) in items.enumerated() {
            let x = Self.margin + Double(number % columns) * (cell.width + Self.gap)
            let y = top + Double(number / columns) * (cell.height + Self.gap)
            draw(item, x, y, on: canvas)
        }
    }

    private func draw(_ item: Item, _ x: Double, _ y: Double, on canvas: Canvas) {
        let foot = Self.name.leading + Self.details.leading
        let room = (width: cell.width - 8, height: cell.height - foot - 14)
        if let box = Extent(around: item.outlines) {
            canvas.outlines(item.outlines, Placement(box, in: x + 4, y + 4, room.width, room.height), Self.look)
        } else {
            canvas.text("nothing to draw", x + cell.width / 2, y + room.height / 2, Self.details, .middle)
        }
        let below = y + cell.height - foot
        canvas.line(x, below - 3, x + cell.width, below - 3, .hairline)
        canvas.text(canvas.type.shortened(item.name, cell.width, Self.name), x + cell.width / 2, below, Self.name, .middle)
        canvas.text(
            canvas.type.shortened(item.details, cell.width, Self.details), x + cell.width / 2, below + Self.name.leading, Self.details,
            .middle)
    }
}
