import Glibc
import Testing

@testable import Drawings

/// Shapes for the tests of fitting, and checks that share nothing with the code under test.
enum FitShapes {
    static func path(_ corners: (Double, Double)...) -> ArcPath { ArcPath(corners.map { Point($0.0, $0.1) }) }
    static func box(_ width: Double, _ height: Double) -> ArcPath { ArcPath(.zero, Point(width, height)) }

    /// Vertices with the bulges of the arcs after them.
    static func bent(_ vertices: [(Double, Double, Double)]) -> ArcPath {
        var path = ArcPath()
        path.begin(at: Point(vertices[0].0, vertices[0].1))
        for (a, b) in zip(vertices, vertices.dropFirst()) { path.add(to: Point(b.0, b.1), bulge: a.2) }
        path.add(to: Point(vertices[0].0, vertices[0].1), bulge: vertices[vertices.count - 1].2)
        path.close(within: 0)
        return path
    }

    static func disc(_ radius: Double, at centre: Point = .zero) -> ArcPath {
        bent([(centre.x + radius, centre.y, 1), (centre.x - radius, centre.y, 1)])
    }

    /// A rectangle with a half circle at each short side.
    static func slot(_ length: Double, _ width: Double) -> ArcPath {
        bent([(0, 0, 0), (length - width, 0, 1), (length - width, width, 0), (0, width, 1)])
    }

    static func l(_ width: Double, _ height: Double, _ cutX: Double, _ cutY: Double) -> ArcPath {
        path((0, 0), (width, 0), (width, height - cutY), (width - cutX, height - cutY), (width - cutX, height), (0, height))
    }

    static func fit(
        _ part: ArcPath, _ outer: ArcPath, _ windows: [ArcPath] = [], margin: Double = 0, gap: Double = 0
    ) -> (fit: Fit, placed: ArcPath)? {
        let part = FitPart(part)
        var search = FitSearch(part, margin: margin, gap: gap)
        return search.fit(in: FitRegion(outer, windows: windows)).map { ($0, part.outline.mapped($0.pose)) }
    }

    /// Whether points close to each other on a placed contour are in the region and keep their distance from points on its contours.
    static func isClear(
        _ placed: ArcPath, _ outer: ArcPath, _ windows: [ArcPath], margin: Double, gap: Double, slack: Double = 0.0011
    ) -> Bool {
        func dense(_ path: ArcPath, _ steps: Int) -> [Point] {
            path.pieces.flatMap { piece in
                let steps = piece.isLine ? steps : 60
                return (0..<steps).map { piece.point(at: Double($0) / Double(steps)) }
            }
        }
        /// The winding number by the angles to points on the contour.
        func isInside(_ place: Point, _ contour: [Point]) -> Bool {
            var angle = 0.0
            for (a, b) in zip(contour, contour.dropFirst() + contour.prefix(1)) {
                angle += atan2((a - place).cross(b - place), (a - place).dot(b - place))
            }
            return abs(angle) > .pi
        }
        func distance(_ place: Point, _ contour: [Point]) -> Double {
            zip(contour, contour.dropFirst() + contour.prefix(1)).reduce(.infinity) { least, edge in
                min(least, (ChordDistance.foot(place, edge.0, edge.1) - place).length)
            }
        }
        let own = dense(placed, 20), bounds = dense(outer, 1), holes = windows.map { dense($0, 1) }
        // The chords of an arc are off by its sagitta: less than a ten-thousandth of its length with 60 chords.
        let chord = (placed.pieces.map(\.length) + outer.pieces.map(\.length) + windows.flatMap { $0.pieces.map(\.length) }).max() ?? 0
        let slack = slack + (placed.isStraight && outer.isStraight && windows.allSatisfy(\.isStraight) ? 0 : chord * 1e-4)
        for place in own {
            let depth = distance(place, bounds) * (isInside(place, bounds) ? 1 : -1)
            if depth < margin - slack { return false }
            for hole in holes where distance(place, hole) * (isInside(place, hole) ? -1 : 1) < gap - slack { return false }
        }
        for hole in holes where isInside(hole[0], own) { return false }
        return true
    }
}
