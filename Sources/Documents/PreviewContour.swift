import CCairo

/// One flattened contour of a drawing, in mm, y upwards as drawings have it.
package struct PreviewContour: Sendable {
    package enum Role: Sendable, CaseIterable {
        case outer, hole
        /// A contour that should close and does not.
        case open
        /// Lines that are not cut.
        case mark, engrave, bend, centre, ignored

        /// Whether something is within.
        var isFilled: Bool { self == .outer || self == .hole }

        /// Strokes and gaps in line widths; what is done by the laser is drawn through.
        var dashes: [Double] {
            switch self {
            case .outer, .hole, .open, .mark, .engrave: []
            case .bend: [6, 3]
            case .centre: [9, 2.5, 1.5, 2.5]
            case .ignored: [1.5, 2.5]
            }
        }
    }

    package var points: [(x: Double, y: Double)]
    package var role: Role

    package init(_ points: [(x: Double, y: Double)], _ role: Role = .outer) {
        (self.points, self.role) = (points, role)
    }

    /// Twice the area in mm², without sign.
    var reach: Double {
        guard var last = points.last else { return 0 }
        var sum = 0.0
        for point in points {
            sum += last.x * point.y - point.x * last.y
            last = point
        }
        return abs(sum)
    }
}

/// A rectangle in mm.
package struct Extent: Equatable, Sendable {
    package var minX, minY, maxX, maxY: Double

    package init(minX: Double, minY: Double, maxX: Double, maxY: Double) {
        (self.minX, self.minY, self.maxX, self.maxY) = (minX, minY, maxX, maxY)
    }

    /// Around all points; nil where there is none.
    package init?(around outlines: [PreviewContour]) {
        var box: Extent?
        for outline in outlines {
            for (x, y) in outline.points where x.isFinite && y.isFinite {
                let old = box ?? Extent(minX: x, minY: y, maxX: x, maxY: y)
                box = Extent(minX: min(old.minX, x), minY: min(old.minY, y), maxX: max(old.maxX, x), maxY: max(old.maxY, y))
            }
        }
        guard let box else { return nil }
        self = box
    }

    package var width: Double { maxX - minX }
    package var height: Double { maxY - minY }
}

/// Lays mm of a drawing into points of a page: fitted, centred, aspect kept, y turned round.
struct PageFit {
    private let box: Extent
    private let x, y, width, height: Double
    /// Points a mm.
    let scale: Double

    init(_ box: Extent, in x: Double, _ y: Double, _ width: Double, _ height: Double) {
        (self.box, self.x, self.y, self.width, self.height) = (box, x, y, width, height)
        let scale = min(width / max(box.width, 1e-9), height / max(box.height, 1e-9))
        // A drawing without extent has no scale.
        self.scale = scale.isFinite && max(box.width, box.height) > 1e-9 ? scale : 1
    }

    func callAsFunction(_ px: Double, _ py: Double) -> (x: Double, y: Double) {
        (
            x + width / 2 + (px - (box.minX + box.maxX) / 2) * scale,
            y + height / 2 - (py - (box.minY + box.maxY) / 2) * scale
        )
    }
}

/// How the contours of a drawing look.
struct Look {
    var filling: Colour
    var line: Double
    /// In place of the colours of the roles.
    var only: Colour?

    func colour(_ role: PreviewContour.Role) -> Colour {
        if let only { return only }
        return switch role {
        case .outer: .darkBlue
        case .hole: .blue
        case .open: .red
        case .mark: .orange
        case .engrave: .purple
        case .bend: .green
        case .centre, .ignored: .silver
        }
    }
}

extension Canvas {
    /// Draws contours, the large below the small: outer ones filled, holes white again; what is not filled as lines above all.
    func outlines(_ outlines: [PreviewContour], _ place: PageFit, _ look: Look) {
        let closed = outlines.filter(\.role.isFilled).map { (outline: $0, reach: $0.reach) }.enumerated()
        let ordered = closed.sorted { ($1.element.reach, $0.offset) < ($0.element.reach, $1.offset) }.map(\.element.outline)
        draw { context in
            cairo_set_line_width(context, look.line)
            cairo_set_line_join(context, CAIRO_LINE_JOIN_ROUND)
            for outline in ordered + outlines.filter({ !$0.role.isFilled }) where trace(outline, place, context) {
                if outline.role.isFilled {
                    cairo_close_path(context)
                    context.set(outline.role == .hole ? .white : look.filling)
                    cairo_fill_preserve(context)
                }
                let dashes = outline.role.dashes.map { $0 * look.line }
                cairo_set_dash(context, dashes, Int32(dashes.count), 0)
                context.set(look.colour(outline.role))
                cairo_stroke(context)
            }
        }
    }

    /// Leaves out points nearer than a tenth of a point to the one before: nobody sees them, and they make a page heavy.
    private func trace(_ outline: PreviewContour, _ place: PageFit, _ context: OpaquePointer) -> Bool {
        cairo_new_path(context)
        var last: (x: Double, y: Double)?
        for (index, point) in outline.points.enumerated() {
            let (x, y) = place(point.x, point.y)
            // cairo counts in 1/256 of a point and 32 bits.
            guard abs(x) < 1e6, abs(y) < 1e6 else { continue }
            guard let from = last else {
                cairo_move_to(context, x, y)
                last = (x, y)
                continue
            }
            guard abs(x - from.x) + abs(y - from.y) > 0.1 || index == outline.points.count - 1 else { continue }
            cairo_line_to(context, x, y)
            last = (x, y)
        }
        return last != nil
    }
}
