import CCairo
import Values

/// Lays a preview out on one page and draws it. Lengths in points.
struct PreviewSheet {
    private let preview: Preview
    private let box: Extent?
    private let canvas: Canvas
    private let width, height: Double

    private static let margin = 36.0
    private static let look = Look(filling: Colour.darkBlue.tint(0.08), line: 1)
    private static let label = TextStyle(8.5, .muted), wrong = TextStyle(8.5, .red)
    private static let size = TextStyle(9.5)
    /// Between the drawing and its dimension lines.
    private static let gap = 20.0
    /// So many faults are named below the drawing; all are ringed.
    private static let named = 10

    init(_ preview: Preview, _ box: Extent?, _ canvas: Canvas, _ width: Double, _ height: Double) {
        (self.preview, self.box, self.canvas, self.width, self.height) = (preview, box, canvas, width, height)
    }

    func draw() {
        let top = heading()
        let bottom = faultList()
        guard let box else {
            canvas.text("nothing to draw", width / 2, (top + bottom) / 2, Self.label, .middle)
            return
        }
        let x = Self.margin + 12
        let room = (width: width - x - Self.margin - 60, height: bottom - top - 70)
        let place = PageFit(box, in: x, top + 18, room.width, room.height)
        canvas.outlines(preview.outlines, place, Self.look)
        dimensions(preview.box ?? box, place, beyond: box)
        for (index, fault) in preview.faults.enumerated() { ring(fault, index + 1, place) }
    }

    /// Title and details at the left, what the colours mean at the right, or below where they are many; answers where they end.
    private func heading() -> Double {
        let title = TextStyle(13, bold: true, .darkBlue)
        let wide = width - 2 * Self.margin
        let key = Legend(preview.outlines, Self.look, on: canvas), isBeside = key.width < wide - 220
        canvas.text(canvas.type.shortened(preview.title, isBeside ? wide - key.width - 40 : wide, title), Self.margin, Self.margin, title)
        let details = preview.details.prefix(4).map { canvas.type.shortened($0, wide, Self.label) }
        let wrong = preview.unplaced.prefix(4).map { canvas.type.shortened($0, wide, Self.wrong) }
        let detailed = canvas.text(details, Self.margin, Self.margin + title.leading + 2, Self.label)
        let below = canvas.text(wrong, Self.margin, detailed, Self.wrong)
        guard isBeside else {
            key.draw(Self.margin, below + 2)
            return below + 2 + Legend.style.leading
        }
        key.draw(width - Self.margin - key.width, Self.margin + Legend.style.drop(beside: title))
        return below
    }

    /// The faults by number, at the foot; answers where they begin.
    private func faultList() -> Double {
        var lines = preview.faults.prefix(Self.named).enumerated().map { ("\($0.offset + 1)  \($0.element.label)", $0.element.colour) }
        if preview.faults.count > Self.named { lines.append(("and \(preview.faults.count - Self.named) more", Colour.muted)) }
        let y = height - Self.margin - Double(lines.count) * Self.wrong.leading
        var below = y
        for (line, colour) in lines {
            let style = TextStyle(Self.wrong.size, colour)
            canvas.text(canvas.type.shortened(line, width - 2 * Self.margin, style), Self.margin, below, style)
            below += style.leading
        }
        return y
    }

    private func ring(_ fault: Preview.Fault, _ number: Int, _ place: PageFit) {
        guard fault.x.isFinite, fault.y.isFinite else { return }
        let (x, y) = place(fault.x, fault.y)
        canvas.ring(x, y, radius: 9, fault.colour, width: 1.6)
        if number <= Self.named { canvas.text("\(number)", x + 9, y - 18, TextStyle(8.5, bold: true, fault.colour)) }
    }

    /// The width below the drawing and the height at its right, clear of what reaches out beyond what is measured.
    private func dimensions(_ box: Extent, _ place: PageFit, beyond all: Extent) {
        let (left, bottom) = place(box.minX, box.minY)
        let (right, top) = place(box.maxX, box.maxY)
        let (foot, side) = (place(all.minX, all.minY).y, place(all.maxX, all.maxY).x)
        let (below, beside) = (max(bottom, foot) + Self.gap, max(right, side) + Self.gap)
        for x in [left, right] { canvas.line(x, bottom + 4, x, below + 4, .muted, width: 0.4) }
        for y in [top, bottom] { canvas.line(right + 4, y, beside + 4, y, .muted, width: 0.4) }
        measure(from: (left, below), to: (right, below))
        measure(from: (beside, bottom), to: (beside, top))
        canvas.text("\(Decimal.hundredths(box.width)) mm", (left + right) / 2, below + 3, Self.size, .middle)
        canvas.text("\(Decimal.hundredths(box.height)) mm", beside + 3, (top + bottom) / 2, Self.size, .middle, turn: .pi / 2)
    }

    /// A dimension line; where there is no room for arrowheads between its ends they point inwards from outside.
    private func measure(from: (x: Double, y: Double), to: (x: Double, y: Double)) {
        let length = max(abs(to.x - from.x), abs(to.y - from.y))
        guard length > 0 else { return }
        let (ux, uy) = ((to.x - from.x) / length, (to.y - from.y) / length)
        let sign = length > 20 ? 1.0 : -1.0
        let out = length > 20 ? 0.0 : 14.0
        canvas.line(from.x - ux * out, from.y - uy * out, to.x + ux * out, to.y + uy * out, .muted)
        for (tip, way) in [(from, sign), (to, -sign)] {
            canvas.draw { context in
                context.set(.muted)
                cairo_move_to(context, tip.x, tip.y)
                cairo_line_to(context, tip.x + (ux * 7 - uy * 1.8) * way, tip.y + (uy * 7 + ux * 1.8) * way)
                cairo_line_to(context, tip.x + (ux * 7 + uy * 1.8) * way, tip.y + (uy * 7 - ux * 1.8) * way)
                cairo_fill(context)
            }
        }
    }
}
