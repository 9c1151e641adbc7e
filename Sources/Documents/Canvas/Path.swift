import Drawings

/// Lines and arcs on a page, in points, y downwards. A path can have several subpaths.
package struct Path: Sendable {
    enum Step {
        case move(Point), line(Point)
        case rectangle(Area)
        /// An arc between two angles in radians, measured from the x axis towards the y axis: clockwise on the page.
        case arc(Point, radius: Double, from: Double, to: Double)
        case close
    }

    private(set) var steps: [Step] = []

    package init() {}

    /// A path through points, closed if `isClosed`.
    package init(_ points: some Sequence<Point>, isClosed: Bool = false) {
        for point in points { if steps.isEmpty { move(to: point) } else { line(to: point) } }
        if isClosed { close() }
    }

    package init(_ area: Area) { add(area) }

    package init(circle centre: Point, radius: Double) { arc(centre, radius: radius, from: 0, to: 2 * .pi) }

    package var isEmpty: Bool { steps.isEmpty }

    /// Begins a subpath.
    package mutating func move(to point: Point) { steps.append(.move(point)) }

    package mutating func line(to point: Point) { steps.append(.line(point)) }

    /// Adds an arc and a line from the current point to its start.
    package mutating func arc(_ centre: Point, radius: Double, from: Double, to: Double) {
        steps.append(.arc(centre, radius: radius, from: from, to: to))
    }

    /// Closes the subpath with a line to its start.
    package mutating func close() { steps.append(.close) }

    package mutating func add(_ area: Area) { steps.append(.rectangle(area)) }
}

/// The colour and line style of a stroked path.
package struct Stroke: Sendable {
    package var colour: Colour
    package var width: Double
    /// The lengths of strokes and gaps; a stroke without any is solid.
    package var dashes: [Double]
    /// Whether corners are rounded; otherwise they are mitred.
    package var isRound: Bool

    package init(_ colour: Colour, width: Double, dashes: [Double] = [], isRound: Bool = false) {
        (self.colour, self.width, self.dashes, self.isRound) = (colour, width, dashes, isRound)
    }
}
