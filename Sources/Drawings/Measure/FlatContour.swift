/// A contour as straight chords in millimetres, for pictures.
package struct FlatContour: Sendable {
    /// The points. For a closed contour the first point is not repeated.
    package let points: [Point]
    package let isClosed: Bool
    /// The number of contours that contain it: even for material, odd for a hole.
    package let depth: Int
    package let layer: String

    package init(points: [Point], isClosed: Bool, depth: Int = 0, layer: String = "") {
        (self.points, self.isClosed, self.depth, self.layer) = (points, isClosed, depth, layer)
    }

    package func mapped(_ map: Rigid) -> FlatContour {
        FlatContour(points: points.map { map($0) }, isClosed: isClosed, depth: depth, layer: layer)
    }
}

extension Measurement {
    /// Returns the contours as chords within a tolerance in millimetres.
    package func outlines(toleranceMM: Double = 0.05) -> [FlatContour] {
        contours.indices.map { place in
            let contour = contours[place]
            let points = path(of: place).chords(error: toleranceMM / mmPerUnit)
            return FlatContour(
                points: points.map { $0 * mmPerUnit }, isClosed: contour.isClosed, depth: contour.depth, layer: contour.layer)
        }
    }
}
