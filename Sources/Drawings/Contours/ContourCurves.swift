/// A contour in simpler curves.
extension ContourPath {
    /// Its points in chords that keep within an error, its first point first and not repeated.
    /// - Parameter touch: ends within this distance give one point; without it those that were joined.
    func chords(error: Double, touch: Double? = nil) -> [Point] {
        var points: [Point] = []
        chords(error: error, touch: touch, into: &points)
        return points
    }

    /// The same in an array that is used again, in place of what it held.
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

    /// The chords that one piece is given. A circle of 10 m at 5 µm takes 3200; only a hostile file has thousands of such pieces in one
    /// contour.
    private var mostChords: Int { min(max(2_000_000 / segmentCount, 8), 8192) }

    /// It as lines and arcs, in units of `scale` to one of the drawing. Circular arcs are themselves; ellipses and splines are biarcs
    /// within an error. Ends that were joined are one place.
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
    /// The same walked from its end.
    fileprivate var reversed: Conic { Conic(center: center, u: u, v: v * -1, start: -end, end: -start) }
}
