import Drawings

/// Lays a preview out on one page and draws it. Lengths are in points.
struct PreviewSheet {
    private let preview: Preview
    private let canvas: Canvas
    private var words: PictureWords { preview.words }
    private var inner: Area { canvas.page.inner }

    private static let look = Look(filling: Colour.darkBlue.tint(0.08), line: 1)
    private static let label = TextStyle(8.5, .muted), wrong = TextStyle(8.5, .red)
    private static let size = TextStyle(9.5)
    /// The distance between the drawing and its dimension lines.
    private static let gap = 20.0
    /// The maximum number of faults listed below the drawing. All faults have rings.
    private static let named = 10

    init(_ preview: Preview, _ canvas: Canvas) { (self.preview, self.canvas) = (preview, canvas) }

    func draw() {
        let top = heading()
        let bottom = faultList()
        let box = Box(around: preview.outlines)
        guard !box.isEmpty else {
            return canvas.text(words.nothingToDraw, canvas.page.width / 2, (top + bottom) / 2, Self.label, .middle)
        }
        let place = PageFit(box, in: Area(inner.x + 12, top + 18, inner.width - 72, bottom - top - 70))
        canvas.outlines(preview.outlines, place, Self.look)
        dimensions(preview.box ?? box, place, beyond: box)
        for (index, fault) in preview.faults.enumerated() { ring(fault, index + 1, place) }
    }

    /// Draws title and details at the left and the legend at the right, or below them if it is wide. Returns the y of the lower end.
    private func heading() -> Double {
        let title = TextStyle(13, bold: true, .darkBlue)
        let wide = inner.width
        let key = Legend(preview.outlines, Self.look, words, on: canvas), isBeside = key.width < wide - 220
        canvas.text(canvas.type.shortened(preview.title, isBeside ? wide - key.width - 40 : wide, title), inner.x, inner.y, title)
        let details = preview.details.prefix(4).map { canvas.type.shortened($0, wide, Self.label) }
        let wrong = preview.unplaced.prefix(4).map { canvas.type.shortened($0, wide, Self.wrong) }
        let detailed = canvas.text(details, inner.x, inner.y + title.leading + 2, Self.label)
        let below = canvas.text(wrong, inner.x, detailed, Self.wrong)
        guard isBeside else {
            key.draw(inner.x, below + 2)
            return below + 2 + Legend.style.leading
        }
        key.draw(inner.right - key.width, inner.y + Legend.style.drop(beside: title))
        return below
    }

    /// Lists the numbered faults at the foot and returns the y of its upper edge.
    private func faultList() -> Double {
        var lines = preview.faults.prefix(Self.named).enumerated().map { ("\($0.offset + 1)  \($0.element.label)", $0.element.colour) }
        if preview.faults.count > Self.named { lines.append((words.more(preview.faults.count - Self.named), Colour.muted)) }
        let y = inner.bottom - Double(lines.count) * Self.wrong.leading
        var below = y
        for (line, colour) in lines {
            let style = TextStyle(Self.wrong.size, colour)
            canvas.text(canvas.type.shortened(line, inner.width, style), inner.x, below, style)
            below += style.leading
        }
        return y
    }

    private func ring(_ fault: Preview.Fault, _ number: Int, _ place: PageFit) {
        guard fault.isPlaced else { return }
        let p = place(fault.place)
        canvas.stroke(Path(circle: p, radius: 9), Stroke(fault.colour, width: 1.6))
        if number <= Self.named { canvas.text("\(number)", p.x + 9, p.y - 18, TextStyle(8.5, bold: true, fault.colour)) }
    }

    /// Dimensions the width below the drawing and the height at its right, outside the extent of all contours.
    private func dimensions(_ box: Box, _ place: PageFit, beyond all: Box) {
        let (lower, upper) = (place(box.min), place(box.max))
        let (left, bottom, right, top) = (lower.x, lower.y, upper.x, upper.y)
        let (foot, side) = (place(all.min).y, place(all.max).x)
        let (below, beside) = (max(bottom, foot) + Self.gap, max(right, side) + Self.gap)
        for x in [left, right] { canvas.line(x, bottom + 4, x, below + 4, .muted, width: 0.4) }
        for y in [top, bottom] { canvas.line(right + 4, y, beside + 4, y, .muted, width: 0.4) }
        measure(from: (left, below), to: (right, below))
        measure(from: (beside, bottom), to: (beside, top))
        canvas.text(words.length(box.width), (left + right) / 2, below + 3, Self.size, .middle)
        canvas.text(words.length(box.height), beside + 3, (top + bottom) / 2, Self.size, .middle, turn: .pi / 2)
    }

    /// Draws a dimension line. If it is too short for arrowheads between its ends, they point inwards from outside.
    private func measure(from: (x: Double, y: Double), to: (x: Double, y: Double)) {
        let length = max(abs(to.x - from.x), abs(to.y - from.y))
        guard length > 0 else { return }
        let (ux, uy) = ((to.x - from.x) / length, (to.y - from.y) / length)
        let sign = length > 20 ? 1.0 : -1.0
        let out = length > 20 ? 0.0 : 14.0
        canvas.line(from.x - ux * out, from.y - uy * out, to.x + ux * out, to.y + uy * out, .muted)
        for (tip, way) in [(from, sign), (to, -sign)] {
            let head = [
                Point(tip.x, tip.y), Point(tip.x + (ux * 7 - uy * 1.8) * way, tip.y + (uy * 7 + ux * 1.8) * way),
                Point(tip.x + (ux * 7 + uy * 1.8) * way, tip.y + (uy * 7 - ux * 1.8) * way),
            ]
            canvas.fill(Path(head), .muted)
        }
    }
}
