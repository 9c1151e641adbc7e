import Glibc

/// Two arcs with one tangent where they meet, from a place and direction to another (Bolton, Biarc curves, 1975): of the many that there
/// are, the one whose ends are as long as each other.
struct Biarc {
    let first, last: ArcPiece

    /// Nil where there is none that turns by less than a quarter of a circle in each arc.
    init?(from a: Point, _ startWay: Point, to b: Point, _ endWay: Point) {
        let (startLength, endLength) = (startWay.length, endWay.length), chord = b - a
        guard startLength > 0, endLength > 0, chord.length > 0 else { return nil }
        let (s, e) = (startWay * (1 / startLength), endWay * (1 / endLength))
        // The joint is b - a = d (s + e) + the rest, with arms of one length d: a quadratic equation.
        let along = chord.dot(s + e), curve = 2 * (1 - s.dot(e)), square = chord.dot(chord)
        let root = (along * along + curve * square).squareRoot()
        // Solved so that nothing cancels where the directions are nearly one.
        guard along > 0 else { return nil }
        let arm = square / (along + root)
        let joint = (a + b + (s - e) * arm) * 0.5
        guard let first = Self.bulge(s, joint - a), let last = Self.bulge(e * -1, joint - b) else { return nil }
        (self.first, self.last) = (ArcPiece(from: a, to: joint, bulge: first), ArcPiece(from: joint, to: b, bulge: -last))
    }

    /// The bulge of an arc that leaves along a unit vector and ends a chord away.
    private static func bulge(_ way: Point, _ chord: Point) -> Double? {
        let length = chord.length
        guard length > 0 else { return 0 }
        let bulge = way.cross(chord) / (length + way.dot(chord))
        return bulge.isFinite && abs(bulge) <= ArcPath.mostBulge ? bulge : nil
    }

    func distance(to p: Point) -> Double { min((first.foot(of: p) - p).length, (last.foot(of: p) - p).length) }
}

extension ArcPath {
    /// Goes on along a smooth curve from the last place: biarcs within a tolerance of it.
    ///
    /// - Parameter curve: place and velocity at a parameter.
    mutating func add(from start: Double, to end: Double, within tolerance: Double, _ curve: (Double) -> (Point, Point)) {
        let (a, b) = (curve(start), curve(end))
        add(start, a, end, b, tolerance, halvings: 12, curve)
    }

    private mutating func add(
        _ start: Double, _ a: (Point, Point), _ end: Double, _ b: (Point, Point), _ tolerance: Double, halvings: Int,
        _ curve: (Double) -> (Point, Point)
    ) {
        // Between the places that are asked the distance may be a little more.
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
