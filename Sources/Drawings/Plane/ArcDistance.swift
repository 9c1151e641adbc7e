/// The intersections of lines and arcs, and the places where they are nearest to each other, by formula.
extension ArcPiece {
    /// Calls `body` with the common places of two pieces that do not overlap.
    func meet(_ other: ArcPiece, _ body: (Point) -> Void) {
        switch (isLine, other.isLine) {
        case (true, true): if let place = Crossing.proper(a, b, other.a, other.b) { body(place) }
        case (true, false): other.meet(self, body)
        case (false, true):
            let centre = centre, way = other.b - other.a, radius = (a - centre).length, length = way.length
            guard length > 0 else { return }
            let middle = other.a + way * (way.dot(centre - other.a) / (length * length)), apart = (middle - centre).length
            meet(other, at: middle, way * (1 / length), radius * radius - apart * apart, body)
        case (false, false):
            let (centre, its) = (centre, other.centre), (radius, itsRadius) = ((a - centre).length, (other.a - its).length)
            let way = its - centre, distance = way.length
            guard distance > 0 else { return }
            let along = (distance * distance + (radius - itsRadius) * (radius + itsRadius)) / (2 * distance), toward = way * (1 / distance)
            meet(other, at: centre + toward * along, toward.left, radius * radius - along * along, body)
        }
    }

    /// - Parameters:
    ///   - middle: the middle of the chord between two places where the line and the circle, or the circles, meet.
    ///   - square: the square of half of the chord.
    private func meet(_ other: ArcPiece, at middle: Point, _ way: Point, _ square: Double, _ body: (Point) -> Void) {
        guard square >= 0 else { return }
        let half = square.squareRoot()
        for place in [middle + way * half, middle - way * half] where isBeside(place) && other.isBeside(place) { body(place) }
    }

    /// Returns the places on both pieces where the distance has its minimum, if neither is an end of its piece. Nil if there is no such
    /// pair, and for parallel lines and concentric arcs, which have many.
    func nearest(to other: ArcPiece) -> (Point, Point)? {
        switch (isLine, other.isLine) {
        case (true, true): return nil
        case (true, false): return other.nearest(to: self).map { ($1, $0) }
        case (false, true):
            let centre = centre, q = ChordDistance.foot(centre, other.a, other.b), way = q - centre, radius = (a - centre).length
            // A line through the circle has its maximum there.
            guard q != other.a, q != other.b, way.length >= radius else { return nil }
            let p = centre + way * (radius / way.length)
            return isBeside(p) ? (p, q) : nil
        case (false, false):
            let (centre, its) = (centre, other.centre), (radius, itsRadius) = ((a - centre).length, (other.a - its).length)
            let way = its - centre, distance = way.length
            guard distance > 0 else { return nil }
            // Separate circles are nearest between their centres. Of two nested circles the places are on the side of the outer circle to
            // which the centre of the inner one is shifted.
            let isApart = distance >= radius + itsRadius
            guard isApart || distance <= abs(radius - itsRadius) else { return nil }
            let toward = way * (1 / distance), side = isApart || radius > itsRadius ? 1.0 : -1
            let (p, q) = (centre + toward * (side * radius), its + toward * ((isApart ? -1 : side) * itsRadius))
            return isBeside(p) && other.isBeside(q) ? (p, q) : nil
        }
    }
}
