extension Chaining {
    /// Returns a contour as lines and arcs, with coordinates multiplied by `scale`. Circular arcs are exact, ellipses and splines are
    /// approximated by biarcs within an error. Ends joined within `tolerance` become one place.
    static func path(
        of members: ArraySlice<Int32>, _ geometry: Geometry, isClosed: Bool, tolerance: Double, error: Double, scale: Double
    ) -> ArcPath {
        var path = ArcPath()
        walk(members, geometry) { segment, isBackwards in
            let (start, end) = isBackwards ? (segment.b, segment.a) : (segment.a, segment.b)
            if let last = path.vertices.last?.place, last.isWithin(tolerance, of: start) {} else { path.begin(at: start) }
            switch segment.shape {
            case .line: path.add(to: end)
            case .conic(let index):
                let conic = isBackwards ? geometry.conics[index].reversed : geometry.conics[index]
                if conic.radius != nil { return path.add(conic, from: start, to: end) }
                path.add(from: conic.start, to: conic.end, within: error) { (conic.point($0, after: start), conic.velocity($0)) }
            case .spline(let index):
                let spline = geometry.splines[index]
                for number in isBackwards ? Array((0..<spline.pieces).reversed()) : Array(0..<spline.pieces) {
                    let piece = geometry.piece(spline, number)
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
