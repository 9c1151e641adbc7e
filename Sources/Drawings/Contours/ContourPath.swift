/// The paths of all contours of a chaining: the geometry, the edges of one contour after the other, and the tolerance within which their
/// ends were joined.
///
/// A class, so that copying the path of one contour copies one reference only.
final class ContourPaths: Sendable {
    let geometry: Geometry
    /// Edges in the order of the walk; an edge walked backwards is written -1 - edge.
    fileprivate let members: [Int32]
    let tolerance: Double

    /// - Parameter members: the members of a chaining of the same geometry.
    init(_ geometry: Geometry, _ members: [Int32], tolerance: Double) {
        (self.geometry, self.members, self.tolerance) = (geometry, members, tolerance)
    }

    func path(_ chain: Chaining.Chain) -> ContourPath { ContourPath(self, chain) }
}

/// The path along one contour.
///
/// Invariants, which chaining establishes: a path has at least one edge; each edge begins within the tolerance of the end of the edge
/// before it; the last edge of a closed path ends within the tolerance of the start of the first; no edge occurs twice.
struct ContourPath: Sendable {
    let all: ContourPaths
    private let chain: Chaining.Chain

    fileprivate init(_ all: ContourPaths, _ chain: Chaining.Chain) { (self.all, self.chain) = (all, chain) }

    /// An edge in the direction of the walk.
    struct Step {
        let edge: Int
        let isBackwards: Bool

        init(_ member: Int32) { (edge, isBackwards) = (Chaining.edge(member), member < 0) }
    }

    var geometry: Geometry { all.geometry }
    var tolerance: Double { all.tolerance }
    var isClosed: Bool { chain.isClosed }

    /// The edges with their directions, in the order of the walk.
    var steps: some RandomAccessCollection<Step> { all.members[chain.range].lazy.map { Step($0) } }

    /// The numbers of the edges, in the order of the walk.
    var edges: some RandomAccessCollection<Int> { all.members[chain.range].lazy.map { Chaining.edge($0) } }

    /// The edge that decides the layer and the process of the contour.
    var firstEdge: Edge { all.geometry.edges[Chaining.edge(all.members[chain.range.lowerBound])] }

    var segmentCount: Int { all.members[chain.range].reduce(0) { $0 + Int(all.geometry.edges[Chaining.edge($1)].count) } }

    var start: Point { start(Step(all.members[chain.range.lowerBound])) }
    var end: Point { end(Step(all.members[chain.range.upperBound - 1])) }

    func start(_ step: Step) -> Point {
        let edge = all.geometry.edges[step.edge]
        return step.isBackwards ? all.geometry.end(edge) : all.geometry.start(edge)
    }

    func end(_ step: Step) -> Point {
        let edge = all.geometry.edges[step.edge]
        return step.isBackwards ? all.geometry.start(edge) : all.geometry.end(edge)
    }

    /// The middle of the middle segment: a place on the contour that is not an end.
    var middle: Point {
        var left = segmentCount / 2
        for step in steps {
            let range = all.geometry.edges[step.edge].segments
            if left < range.count {
                return all.geometry.middle(all.geometry.segments[step.isBackwards ? range.upperBound - 1 - left : range.lowerBound + left])
            }
            left -= range.count
        }
        return start
    }

    /// Calls `body` with each segment in the order of the walk, and whether it is walked backwards.
    @inline(__always)
    func walk(_ body: (Segment, Bool) -> Void) {
        let (edges, segments) = (all.geometry.edges, all.geometry.segments)
        for member in all.members[chain.range] {
            let range = edges[Chaining.edge(member)].segments
            if member >= 0 {
                for number in range { body(segments[number], false) }
            } else {
                for number in range.reversed() { body(segments[number], true) }
            }
        }
    }

    /// Calls `body` with the numbers of the segments, edge by edge.
    @inline(__always)
    func eachSegment(_ body: (Int) -> Void) {
        for edge in edges { for segment in all.geometry.edges[edge].segments { body(segment) } }
    }
}
