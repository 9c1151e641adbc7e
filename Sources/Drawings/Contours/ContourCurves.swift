/// A contour approximated by chords, and by lines and arcs.
extension ContourPath {
    /// Returns the ends of chords within `error` of the contour. The first point is not repeated at the end.
    /// - Parameter touch: the distance within which consecutive ends give one point; by default the tolerance of the chaining.
    func chords(error: Double, touch: Double? = nil) -> [Point] {
        var points: [Point] = []
        chords(error: error, touch: touch, into: &points)
        return points
    }

    /// Replaces the content of an array, which can be reused, by the same points.
    func chords(error: Double, touch: Double? = nil, into points: inout [Point]) {
        let touch = touch ?? tolerance, most = mostChords
        points.removeAll(keepingCapacity: true)
        walk { segment, isBackwards in
            let start = isBackwards ? segment.b : segment.a
            if points.last.map({ !$0.isWithin(touch, of: start) }) ?? true { points.append(start) }
            guard isBackwards else { return all.geometry.flatten(segment, error: error, most: most) { points.append($0) } }
            let first = points.count
            points.append(segment.a)
            all.geometry.flatten(segment, error: error, most: most) { points.append($0) }
            points.removeLast()
            points[first...].reverse()
        }
        while points.count > 1, points[0].isWithin(touch, of: points[points.count - 1]) { points.removeLast() }
    }

    /// The maximum number of chords of one segment. A circle of 10 m at 5 µm takes 3200; only a hostile file has thousands of such pieces in one
    /// contour.
    private var mostChords: Int { min(max(2_000_000 / segmentCount, 8), 8192) }

    /// Returns the contour as lines and arcs, with coordinates multiplied by `scale`. Circular arcs are exact; ellipses and splines become
    /// biarcs within `error`. Ends that were joined become one place.
    func arcs(error: Double, scale: Double) -> ArcPath {
        var path = ArcPath()
        walk { segment, isBackwards in
            let (start, end) = isBackwards ? (segment.b, segment.a) : (segment.a, segment.b)
            if let last = path.vertices.last?.place, last.isWithin(tolerance, of: start) {} else { path.begin(at: start) }
            switch segment.shape {
            case .line: path.add(to: end)
            case .conic(let index):
                let conic = isBackwards ? all.geometry.conics[index].reversed : all.geometry.conics[index]
                if conic.radius != nil { return path.add(conic, from: start, to: end) }
                path.add(from: conic.start, to: conic.end, within: error) { (conic.point($0, after: start), conic.velocity($0)) }
            case .spline(let index):
                let spline = all.geometry.splines[index]
                for number in isBackwards ? Array((0..<spline.pieces).reversed()) : Array(0..<spline.pieces) {
                    let piece = all.geometry.piece(spline, number)
                    path.add(from: isBackwards ? 1 : 0, to: isBackwards ? 0 : 1, within: error) { t in
                        let (place, velocity) = piece.evaluate(t)
                        return (place, isBackwards ? velocity * -1 : velocity)
                    }
                }
            }
        }
        if isClosed { path.close(within: tolerance) }
        path.map({ $0 * scale }, isMirrored: false)
        return path
    }
}

extension Conic {
    /// The same arc in the opposite direction.
    fileprivate var reversed: Conic { Conic(center: center, u: u, v: v * -1, start: -end, end: -start) }
}
