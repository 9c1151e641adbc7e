import Glibc

/// Two tangent arcs between two places with given directions (Bolton, Biarc curves, 1975). Among the possible biarcs it is the one whose
/// tangent lengths at both ends are equal.
struct Biarc {
    let first, last: ArcPiece

    /// Nil if there is no such biarc with arcs of at most a quarter of a circle.
    init?(from a: Point, _ startWay: Point, to b: Point, _ endWay: Point) {
        let (startLength, endLength) = (startWay.length, endWay.length), chord = b - a
        guard startLength > 0, endLength > 0, chord.length > 0 else { return nil }
        let (s, e) = (startWay * (1 / startLength), endWay * (1 / endLength))
        // With tangent lengths d at both ends, b - a = d (s + e) + the segment between the tangents, of length 2d: a quadratic equation for
        // d.
        let along = chord.dot(s + e), curve = 2 * (1 - s.dot(e)), square = chord.dot(chord)
        let root = (along * along + curve * square).squareRoot()
        // In this form there is no cancellation if the directions are nearly equal.
        guard along > 0 else { return nil }
        let arm = square / (along + root)
        let joint = (a + b + (s - e) * arm) * 0.5
        guard let first = Self.bulge(s, joint - a), let last = Self.bulge(e * -1, joint - b) else { return nil }
        (self.first, self.last) = (ArcPiece(from: a, to: joint, bulge: first), ArcPiece(from: joint, to: b, bulge: -last))
    }

    /// Returns the bulge of an arc that starts along a unit vector and whose end is a chord away.
    private static func bulge(_ way: Point, _ chord: Point) -> Double? {
        let length = chord.length
        guard length > 0 else { return 0 }
        let bulge = way.cross(chord) / (length + way.dot(chord))
        return bulge.isFinite && abs(bulge) <= ArcPath.mostBulge ? bulge : nil
    }

    func distance(to p: Point) -> Double { min((first.foot(of: p) - p).length, (last.foot(of: p) - p).length) }
}

extension ArcPath {
    /// Adds biarcs within a tolerance of a smooth curve that starts at the last place.
    ///
    /// - Parameter curve: returns place and velocity at a parameter.
    mutating func add(from start: Double, to end: Double, within tolerance: Double, _ curve: (Double) -> (Point, Point)) {
        let (a, b) = (curve(start), curve(end))
        add(start, a, end, b, tolerance, halvings: 12, curve)
    }

    private mutating func add(
        _ start: Double, _ a: (Point, Point), _ end: Double, _ b: (Point, Point), _ tolerance: Double, halvings: Int,
        _ curve: (Double) -> (Point, Point)
    ) {
        // Between the sampled places the distance can be slightly larger.
        let least = 0.8 * tolerance, count = 8
        if let biarc = Biarc(from: a.0, a.1, to: b.0, b.1) {
            let fits = (1..<count).allSatisfy { step in
                biarc.distance(to: curve(start + (end - start) * Double(step) / Double(count)).0) <= least
            }
            if fits || halvings == 0 {
                add(to: biarc.first.b, bulge: biarc.first.bulge)
                return add(to: b.0, bulge: biarc.last.bulge)
            }
        } else {
            let isStraight = (1...count).allSatisfy { step in
                let place = curve(start + (end - start) * Double(step) / Double(count)).0
                return (ChordDistance.foot(place, a.0, b.0) - place).length <= least
            }
            if isStraight || halvings == 0 { return add(to: b.0) }
        }
        let middle = (start + end) / 2, between = curve(middle)
        add(start, a, middle, between, tolerance, halvings: halvings - 1, curve)
        add(middle, between, end, b, tolerance, halvings: halvings - 1, curve)
    }
}
