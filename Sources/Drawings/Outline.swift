/// A contour as straight chords in millimetres, for pictures.
package struct Outline: Sendable {
    /// Where it is closed the first point is not repeated.
    package let points: [Point]
    package let isClosed: Bool
    /// How many contours hold it; even is material, odd a hole.
    package let depth: Int
    package let layer: String
}

extension Measurement {
    /// The contours as chords that keep within a tolerance in millimetres.
    package func outlines(toleranceMM: Double = 0.05) -> [Outline] {
        contours.map { contour in
            var points = Chaining.outline(of: contour.members[...], geometry, error: toleranceMM / mmPerUnit).map { $0 * mmPerUnit }
            if contour.isClosed, points.count > 1, points[0].isWithin(toleranceMM / 100, of: points[points.count - 1]) { points.removeLast() }
            return Outline(points: points, isClosed: contour.isClosed, depth: contour.depth, layer: contour.layer)
        }
    }
}
