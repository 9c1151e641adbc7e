/// A measured contour, in millimetres.
package struct Contour: Sendable {
    package let isClosed: Bool
    package let lengthMM: Double
    /// The enclosed area; 0 if it is open.
    package let areaMM2: Double
    package let box: Box
    /// The diameter if the contour is one full circle.
    package let circleDiameterMM: Double?
    /// The number of contours that contain it: even for material, odd for a hole.
    package let depth: Int
    /// The smallest contour that contains it, as an index in `Measurement.contours`.
    package let parent: Int?
    package let layer: String
    /// The place where it crosses itself.
    package let selfCrossing: Point?
}

/// The contours of a measurement, in the order of the file. They are stored compactly and computed on demand, because a drawing can have a
/// million.
package struct Contours: RandomAccessCollection, Sendable {
    var loops: [Loop] = []
    var selfCrossings: [Int: Point] = [:]
    /// Of closed ones.
    var crossings: [ContourCrossing] = []
    var layers: [UInt32: String] = [:]
    var scale = 1.0

    package var startIndex: Int { 0 }
    package var endIndex: Int { loops.count }

    package subscript(place: Int) -> Contour {
        let loop = loops[place]
        return Contour(
            isClosed: loop.chain.isClosed, lengthMM: loop.length * scale, areaMM2: loop.area * scale * scale, box: loop.box.scaled(scale),
            circleDiameterMM: loop.isCircle ? loop.diameter * scale : nil, depth: Int(loop.depth),
            parent: loop.parent < 0 ? nil : Int(loop.parent), layer: layers[loop.layer] ?? "",
            selfCrossing: selfCrossings[place].map { $0 * scale })
    }
}
