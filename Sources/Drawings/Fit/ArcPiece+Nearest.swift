extension ArcPiece {
    /// Returns the least distance from another piece, by formula: 0 where they cross.
    func distance(to other: ArcPiece) -> Double {
        var crosses = false
        meet(other) { _ in crosses = true }
        if crosses { return 0 }
        var least = nearest(to: other).map { ($0 - $1).length } ?? .infinity
        for end in [other.a, other.b] { least = min(least, (foot(of: end) - end).length) }
        for end in [a, b] { least = min(least, (other.foot(of: end) - end).length) }
        return least
    }
}

extension ArcPath {
    /// Whether a place that is not on a closed path is inside it, by the even-odd rule with a ray to the right.
    func contains(_ place: Point) -> Bool {
        var isInside = false
        for piece in pieces {
            let (a, b) = (piece.a, piece.b)
            if (a.y > place.y) != (b.y > place.y), (b.y > place.y) == (Orientation.of(a, b, place) > 0) { isInside.toggle() }
            // Between the arc and its chord it is on the other side.
            if !piece.isLine, piece.bowHolds(place) { isInside.toggle() }
        }
        return isInside
    }

    func mapped(_ map: Rigid) -> ArcPath {
        var path = self
        path.map({ map($0) }, isMirrored: map.isMirrored)
        return path
    }

    /// Whether it consists of lines only.
    var isStraight: Bool { vertices.allSatisfy { ArcPiece(from: $0.place, to: $0.place, bulge: $0.bulge).isLine } }

    /// The corners of a polygon of chords whose ends are on the path; no chord is farther than `error` from it.
    func corners(error: Double) -> [Point] {
        var corners: [Point] = []
        for piece in pieces {
            guard !piece.isLine else {
                corners.append(piece.a)
                continue
            }
            let radius = (piece.a - piece.centre).length, step = max(2 * (2 * error / radius).squareRoot(), 0.01)
            _ = piece.visit(max(1, Int((abs(piece.sweep) / step).rounded(.up)))) {
                corners.append($0)
                return true
            }
        }
        return corners
    }
}

extension ArcPiece {
    /// Whether a place is between the arc and its chord.
    fileprivate func bowHolds(_ place: Point) -> Bool {
        let side = Orientation.of(a, b, place) * (bulge < 0 ? -1 : 1)
        return side < 0 && (place - centre).length < (a - centre).length
    }
}
