/// Two versions of a drawing laid on each other: what is new green, what is gone red, the rest grey; on A4, upright or across.
package struct Comparison: Sendable {
    package var title: String
    package var same: [PreviewContour] = []
    package var added: [PreviewContour] = []
    package var removed: [PreviewContour] = []
    /// What changed, a line each, at the foot.
    package var changes: [String] = []

    package init(title: String) { self.title = title }

    /// The day is the date inside the PDF, `2026-11-30`.
    package func pdf(day: String) throws -> [UInt8] { try made(.pdf(title: title, author: "", day: day)) }

    package func svg() throws -> [UInt8] { try made(.svg) }

    package func png(scale: Double = 2) throws -> [UInt8] { try made(.png(scale: scale)) }

    private static let margin = 36.0
    private static let label = TextStyle(8.5, .muted)
    /// So many changes are told at the foot.
    private static let told = 12

    private func made(_ medium: Canvas.Medium) throws -> [UInt8] {
        let box = Extent(around: same + added + removed)
        let upright = box.map { $0.height > $0.width } ?? false
        let (long, short) = (297 / 25.4 * 72, 210 / 25.4 * 72)
        let (width, height) = upright ? (short, long) : (long, short)
        let canvas = try Canvas(width: width, height: height, medium)
        let top = heading(canvas, width), bottom = foot(canvas, width, height)
        if let box {
            let place = PageFit(box, in: Self.margin, top + 14, width - 2 * Self.margin, bottom - top - 28)
            // What is gone is wider: where only the process of a contour is another, the new one lies on it.
            for (outlines, colour, line) in [(same, Colour.silver, 1.0), (removed, .red, 3), (added, .green, 1.2)] {
                let look = Look(filling: .white, line: line, only: colour)
                canvas.outlines(outlines.map(\.asLine), place, look)
            }
        } else {
            canvas.text("nothing to draw", width / 2, (top + bottom) / 2, Self.label, .middle)
        }
        return try canvas.finish()
    }

    /// The title at the left, what the colours mean at the right; answers where they end.
    private func heading(_ canvas: Canvas, _ width: Double) -> Double {
        let title = TextStyle(13, bold: true, .darkBlue)
        canvas.text(canvas.type.shortened(self.title, width - 2 * Self.margin - 220, title), Self.margin, Self.margin, title)
        var x = width - Self.margin
        for (name, colour) in [("unchanged", Colour.silver), ("gone", .red), ("new", .green)] {
            canvas.text(name, x, Self.margin + Self.label.drop(beside: title), Self.label, .right)
            x -= canvas.type.width(name, Self.label) + 6
            let y = Self.margin + title.baseline - 3
            canvas.line(x - 16, y, x, y, colour, width: 2)
            x -= 34
        }
        return Self.margin + title.leading
    }

    /// Answers where it begins.
    private func foot(_ canvas: Canvas, _ width: Double, _ height: Double) -> Double {
        var lines = Array(changes.prefix(Self.told))
        if changes.count > Self.told { lines.append("and \(changes.count - Self.told) more") }
        let y = height - Self.margin - Double(lines.count) * Self.label.leading
        canvas.text(lines.map { canvas.type.shortened($0, width - 2 * Self.margin, Self.label) }, Self.margin, y, Self.label)
        return y
    }
}

extension PreviewContour {
    /// The same as a line that ends where it begins, without anything in it.
    fileprivate var asLine: PreviewContour { PreviewContour(role.isFilled ? points + points.prefix(1) : points, .open) }
}
