import Drawings

/// Lines and arcs on a page, in points, y downwards; a path may have several parts.
package struct Path: Sendable {
    enum Step {
        case move(Point), line(Point)
        case rectangle(Area)
        /// Angles in radians, from the x axis towards y: clockwise as it is seen.
        case arc(Point, radius: Double, from: Double, to: Double)
        case close
    }

    private(set) var steps: [Step] = []

    package init() {}

    /// Through points, and back to the first where it is closed.
    package init(_ points: some Sequence<Point>, isClosed: Bool = false) {
        for point in points { if steps.isEmpty { move(to: point) } else { line(to: point) } }
        if isClosed { close() }
    }

    package init(_ area: Area) { add(area) }

    package init(circle centre: Point, radius: Double) { arc(centre, radius: radius, from: 0, to: 2 * .pi) }

    package var isEmpty: Bool { steps.isEmpty }

    /// Begins another part.
    package mutating func move(to point: Point) { steps.append(.move(point)) }

    package mutating func line(to point: Point) { steps.append(.line(point)) }

    /// Goes on with an arc, to whose first point a line leads.
    package mutating func arc(_ centre: Point, radius: Double, from: Double, to: Double) {
        steps.append(.arc(centre, radius: radius, from: from, to: to))
    }

    /// Leads this part back to where it began.
    package mutating func close() { steps.append(.close) }

    package mutating func add(_ area: Area) { steps.append(.rectangle(area)) }
}

/// How a path is drawn along.
package struct Stroke: Sendable {
    package var colour: Colour
    package var width: Double
    /// Strokes and gaps; drawn through without any.
    package var dashes: [Double]
    /// Whether corners are rounded; mitred otherwise.
    package var isRound: Bool

    package init(_ colour: Colour, width: Double, dashes: [Double] = [], isRound: Bool = false) {
        (self.colour, self.width, self.dashes, self.isRound) = (colour, width, dashes, isRound)
    }
}
