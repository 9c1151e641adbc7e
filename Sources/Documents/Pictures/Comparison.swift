import Drawings

/// Two versions of a drawing overlaid: additions green, removals red, the rest grey. On A4, portrait or landscape.
package struct Comparison: Renderable, Sendable {
    package var title: String
    private let words: PictureWords
    package var same: [PreviewContour] = []
    package var added: [PreviewContour] = []
    package var removed: [PreviewContour] = []
    /// The changes, one per line, at the foot.
    package var changes: [String] = []

    package init(title: String, _ words: PictureWords) { (self.title, self.words) = (title, words) }

    package var name: String { title }

    private var box: Box { Box(around: same + added + removed) }

    package func page(for medium: Medium) -> Page {
        let box = box
        return Page(.a4, isUpright: box.height > box.width, margins: Page.Margins(36))
    }

    private static let label = TextStyle(8.5, .muted)
    /// The maximum number of changes listed at the foot.
    private static let told = 12

    package func draw(on canvas: Canvas) {
        let inner = canvas.page.inner, box = box
        let top = heading(canvas, inner), bottom = foot(canvas, inner)
        guard !box.isEmpty else {
            return canvas.text(words.nothingToDraw, canvas.page.width / 2, (top + bottom) / 2, Self.label, .middle)
        }
        let place = PageFit(box, in: Area(inner.x, top + 14, inner.width, bottom - top - 28))
        // Removed contours have wider lines, so that both are visible where only the process of a contour changed.
        for (outlines, colour, line) in [(same, Colour.silver, 1.0), (removed, .red, 3), (added, .green, 1.2)] {
            let look = Look(filling: .white, line: line, only: colour)
            canvas.outlines(outlines.map(\.asLine), place, look)
        }
    }

    /// Draws the title at the left and the legend at the right, and returns the y of their lower end.
    private func heading(_ canvas: Canvas, _ inner: Area) -> Double {
        let title = TextStyle(13, bold: true, .darkBlue)
        canvas.text(canvas.type.shortened(self.title, inner.width - 220, title), inner.x, inner.y, title)
        var x = inner.right
        for (name, colour) in [(words.unchanged, Colour.silver), (words.removed, .red), (words.added, .green)] {
            canvas.text(name, x, inner.y + Self.label.drop(beside: title), Self.label, .right)
            x -= canvas.type.width(name, Self.label) + 6
            let y = inner.y + title.baseline - 3
            canvas.line(x - 16, y, x, y, colour, width: 2)
            x -= 34
        }
        return inner.y + title.leading
    }

    /// Returns the y of its upper edge.
    private func foot(_ canvas: Canvas, _ inner: Area) -> Double {
        var lines = Array(changes.prefix(Self.told))
        if changes.count > Self.told { lines.append(words.more(changes.count - Self.told)) }
        let y = inner.bottom - Double(lines.count) * Self.label.leading
        canvas.text(lines.map { canvas.type.shortened($0, inner.width, Self.label) }, inner.x, y, Self.label)
        return y
    }
}

extension PreviewContour {
    /// The same contour without filling.
    fileprivate var asLine: PreviewContour { PreviewContour(outline, .open) }
}
