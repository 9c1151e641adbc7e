import Glibc

/// The width of a contour in each direction, by rotating calipers (Shamos, 1978): between the directions at which one of the two supporting
/// lines passes to the next vertex or arc of the hull, the width is D·u + k.
struct WidthProfile: Sendable {
    private struct Piece {
        let start, end: Double
        /// The length and the direction of D.
        let span, way: Double
        let constant: Double
    }

    /// Over half a turn.
    private let pieces: [Piece]
    /// The least and the greatest width.
    let least, most: Double

    init(_ support: SupportFunction) {
        let stops = (support.pieces.map { Angle.positive($0.start, turn: .pi) } + [0, .pi]).sorted()
        var pieces: [Piece] = [], least = Double.infinity, most = 0.0
        for (start, end) in zip(stops, stops.dropFirst()) where end - start > 1e-13 {
            let middle = (start + end) / 2, one = support.circle(at: middle), two = support.circle(at: middle + .pi)
            let way = one.centre - two.centre
            let piece = Piece(
                start: start, end: end, span: way.length, way: atan2(way.y, way.x), constant: one.radius + two.radius)
            pieces.append(piece)
            for angle in [start, end] {
                let width = piece.constant + piece.span * cos(angle - piece.way)
                (least, most) = (min(least, width), max(most, width))
            }
            // Within a piece the extremes are in the direction of D and opposite to it.
            if start + Angle.positive(piece.way - start) < end { most = max(most, piece.constant + piece.span) }
            if start + Angle.positive(piece.way + .pi - start) < end { least = min(least, piece.constant - piece.span) }
        }
        (self.pieces, self.least, self.most) = (pieces, least, most)
    }

    /// Returns the directions, from 0 to half a turn, in which the width is at most `limit`.
    func directions(within limit: Double) -> [ClosedRange<Double>] {
        if most <= limit { return [0...(.pi)] }
        if least > limit { return [] }
        var ranges: [ClosedRange<Double>] = []
        func add(_ low: Double, _ high: Double) {
            guard low <= high else { return }
            if let last = ranges.last, low <= last.upperBound + 1e-12 {
                ranges[ranges.count - 1] = last.lowerBound...max(high, last.upperBound)
            } else {
                ranges.append(low...high)
            }
        }
        for piece in pieces {
            let rest = limit - piece.constant
            if rest >= piece.span {
                add(piece.start, piece.end)
            } else if rest >= -piece.span {
                // It is too wide within `half` of the direction of D.
                let half = acos(rest / piece.span), first = piece.start + Angle.positive(piece.way + half - piece.start) - 2 * .pi
                for low in [first, first + 2 * .pi] { add(max(piece.start, low), min(piece.end, low + 2 * (.pi - half))) }
            }
        }
        return ranges
    }

    /// Returns the rotations, from 0 to half a turn, after which the contour is at most so wide and so high.
    func turns(within width: Double, _ height: Double) -> [ClosedRange<Double>] {
        guard least <= min(width, height) else { return [] }
        let wide = directions(within: width)
        guard !wide.isEmpty else { return [] }
        // The height is the width in the direction that is a quarter of a turn farther.
        var high: [ClosedRange<Double>] = []
        for range in directions(within: height) {
            for shift in [-0.5 * .pi, 0.5 * .pi] {
                let (low, top) = (max(0, range.lowerBound + shift), min(.pi, range.upperBound + shift))
                if low <= top { high.append(low...top) }
            }
        }
        high.sort { $0.lowerBound < $1.lowerBound }
        var both: [ClosedRange<Double>] = []
        for one in wide {
            for two in high where two.overlaps(one) { both.append(one.clamped(to: two)) }
        }
        // A rotation of the contour is the opposite rotation of the direction.
        return both.map { .pi - $0.upperBound...(.pi - $0.lowerBound) }.sorted { $0.lowerBound < $1.lowerBound }
    }
}
