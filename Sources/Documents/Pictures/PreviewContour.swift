import Drawings

/// A flattened contour of a drawing, in mm, y upwards as in drawings, and how it is drawn.
package struct PreviewContour: Sendable {
    package enum Role: Sendable, CaseIterable {
        case outer, hole
        /// A contour that should be closed and is not.
        case open
        /// Contours that are not cut.
        case mark, engrave, bend, centre, ignored

        /// Whether its inside is filled.
        var isFilled: Bool { self == .outer || self == .hole }

        /// Strokes and gaps in multiples of the line width. Contours that the laser processes are solid.
        var dashes: [Double] {
            switch self {
            case .outer, .hole, .open, .mark, .engrave: []
            case .bend: [6, 3]
            case .centre: [9, 2.5, 1.5, 2.5]
            case .ignored: [1.5, 2.5]
            }
        }
    }

    package var outline: FlatContour
    package var role: Role

    package init(_ outline: FlatContour, _ role: Role) { (self.outline, self.role) = (outline, role) }

    /// Twice the area in mm², without its sign.
    var reach: Double {
        guard var last = outline.points.last else { return 0 }
        var sum = 0.0
        for point in outline.points {
            sum += last.x * point.y - point.x * last.y
            last = point
        }
        return abs(sum)
    }
}

extension Box {
    /// The bounding box of all points; empty if there are none.
    init(around contours: some Sequence<PreviewContour>) {
        self.init()
        for contour in contours { for point in contour.outline.points where point.x.isFinite && point.y.isFinite { include(point) } }
    }
}

/// Maps mm of a drawing to points of a page: scaled to fit, centred, with the aspect ratio kept and y mirrored.
struct PageFit {
    private let box: Box
    private let area: Area
    /// Points per mm.
    private let scale: Double

    init(_ box: Box, in area: Area) {
        (self.box, self.area) = (box, area)
        let scale = min(area.width / max(box.width, 1e-9), area.height / max(box.height, 1e-9))
        // A drawing without extent has no scale.
        self.scale = scale.isFinite && max(box.width, box.height) > 1e-9 ? scale : 1
    }

    func callAsFunction(_ p: Point) -> Point {
        Point(
            area.x + area.width / 2 + (p.x - (box.min.x + box.max.x) / 2) * scale,
            area.y + area.height / 2 - (p.y - (box.min.y + box.max.y) / 2) * scale)
    }
}

/// The colours and line width of contours.
struct Look {
    var filling: Colour
    var line: Double
    /// One colour for all contours instead of the colours of the roles.
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
    /// Draws contours, larger ones below smaller ones: outer contours filled, holes white, and contours without filling on top.
    func outlines(_ contours: [PreviewContour], _ place: PageFit, _ look: Look) {
        let closed = contours.filter(\.role.isFilled).map { (contour: $0, reach: $0.reach) }.enumerated()
        let ordered = closed.sorted { ($1.element.reach, $0.offset) < ($0.element.reach, $1.offset) }.map(\.element.contour)
        for contour in ordered + contours.filter({ !$0.role.isFilled }) {
            let path = path(contour, place)
            guard !path.isEmpty else { continue }
            if contour.role.isFilled { fill(path, contour.role == .hole ? .white : look.filling) }
            let dashes = contour.role.dashes.map { $0 * look.line }
            stroke(path, Stroke(look.colour(contour.role), width: look.line, dashes: dashes, isRound: true))
        }
    }

    /// Leaves out points that are closer than 0.1 point to the previous one: they are invisible and enlarge the file.
    private func path(_ contour: PreviewContour, _ place: PageFit) -> Path {
        // A filled contour is closed. For a closed contour without filling the first point is repeated, so that its dashes begin and end
        // there.
        let (outline, isFilled) = (contour.outline, contour.role.isFilled)
        let points = outline.isClosed && !isFilled ? outline.points + outline.points.prefix(1) : outline.points
        var path = Path(), last: Point?
        for (index, point) in points.enumerated() {
            let p = place(point)
            // cairo's coordinates are 32-bit integers in units of 1/256 point.
            guard abs(p.x) < 1e6, abs(p.y) < 1e6 else { continue }
            if let from = last {
                guard abs(p.x - from.x) + abs(p.y - from.y) > 0.1 || index == points.count - 1 else { continue }
                path.line(to: p)
            } else {
                path.move(to: p)
            }
            last = p
        }
        if isFilled, last != nil { path.close() }
        return path
    }
}
