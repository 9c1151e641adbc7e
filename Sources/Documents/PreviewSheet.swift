import CCairo

/// Lays a preview out on one page and draws it. Lengths in points.
struct PreviewSheet {
    private let preview: Preview
    private let box: Extent?
    private let canvas: Canvas
    private let width, height: Double

    private static let margin = 36.0
    private static let look = Look(outer: .darkBlue, hole: .blue, open: .red, filling: Colour.darkBlue.tint(0.08), line: 1)
    private static let label = Style(8.5, .muted)
    private static let size = Style(9.5)
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
        let place = Placement(box, in: x, top + 18, room.width, room.height)
        canvas.outlines(preview.outlines, place, Self.look)
        dimensions(box, place)
        for (index, fault) in preview.faults.enumerated() { ring(fault, index + 1, place) }
    }

    /// Title and details at the left, what the colours mean at the right; answers where they end.
    private func heading() -> Double {
        let title = Style(13, bold: true, .darkBlue)
        let wide = width - 2 * Self.margin
        canvas.text(canvas.type.shortened(preview.title, wide - 200, title), Self.margin, Self.margin, title)
        var x = width - Self.margin
        for role in Outline.Role.allCases.reversed() where preview.outlines.contains(where: { $0.role == role }) {
            let (name, colour) = key(role)
            canvas.text(name, x, Self.margin + Self.label.drop(beside: title), Self.label, .right)
            x -= canvas.type.width(name, Self.label) + 6
            let y = Self.margin + title.baseline - 3
            canvas.line(x - 16, y, x, y, colour, width: 2)
            x -= 34
        }
        let details = preview.details.prefix(4).map { canvas.type.shortened($0, wide, Self.label) }
        return canvas.text(details, Self.margin, Self.margin + title.leading + 2, Self.label)
    }

    private func key(_ role: Outline.Role) -> (name: String, colour: Colour) {
        switch role {
        case .outer: ("outer contour", Self.look.outer)
        case .hole: ("hole", Self.look.hole)
        case .open: ("not closed", Self.look.open)
        }
    }

    /// The faults by number, at the foot; answers where they begin.
    private func faultList() -> Double {
        var lines = preview.faults.prefix(Self.named).enumerated().map { "\($0.offset + 1)  \($0.element.label)" }
        if preview.faults.count > Self.named { lines.append("and \(preview.faults.count - Self.named) more") }
        let style = Style(8.5, .red)
        let y = height - Self.margin - Double(lines.count) * style.leading
        canvas.text(lines.map { canvas.type.shortened($0, width - 2 * Self.margin, style) }, Self.margin, y, style)
        return y
    }

    private func ring(_ fault: Preview.Fault, _ number: Int, _ place: Placement) {
        guard fault.x.isFinite, fault.y.isFinite else { return }
        let (x, y) = place(fault.x, fault.y)
        canvas.ring(x, y, radius: 9, .red, width: 1.6)
        if number <= Self.named { canvas.text("\(number)", x + 9, y - 18, Style(8.5, bold: true, .red)) }
    }

    /// The width below the drawing and the height at its right.
    private func dimensions(_ box: Extent, _ place: Placement) {
        let (left, bottom) = place(box.minX, box.minY)
        let (right, top) = place(box.maxX, box.maxY)
        let (below, beside) = (bottom + Self.gap, right + Self.gap)
        for x in [left, right] { canvas.line(x, bottom + 4, x, below + 4, .muted, width: 0.4) }
        for y in [top, bottom] { canvas.line(right + 4, y, beside + 4, y, .muted, width: 0.4) }
        measure(from: (left, below), to: (right, below))
        measure(from: (beside, bottom), to: (beside, top))
        canvas.text(millimetres(box.width), (left + right) / 2, below + 3, Self.size, .middle)
        canvas.text(millimetres(box.height), beside + 3, (top + bottom) / 2, Self.size, .middle, turn: .pi / 2)
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

    /// To a hundredth, without idle zeros: `88.9 mm`.
    private func millimetres(_ length: Double) -> String {
        guard length.isFinite, abs(length) < 1e12 else { return "?" }
        let hundredths = Int((length * 100).rounded())
        let part = hundredths % 100
        let decimals = part == 0 ? "" : part % 10 == 0 ? ".\(part / 10)" : part < 10 ? ".0\(part)" : ".\(part)"
        return "\(hundredths / 100)\(decimals) mm"
    }
}
