import Glibc

/// The lines, arcs and pieces of splines of a drawing in a tree of boxes, without those reported as duplicates.
///
/// A class, because passing its arrays for each place takes longer than the search.
final class CurveIndex {
    enum Kind: UInt8 {
        /// Segments that are reported as duplicates, alone or with their contour, or that are too short.
        case none
        /// Straight lines, and curves that are straight within the tolerance.
        case straight
        case conic, spline
    }

    let geometry: Geometry
    let tolerance: Double
    /// The kind of each segment.
    let kinds: [Kind]
    /// The contour of each segment, as an index in `Measurement.contours`, or -1.
    let owners: [Int32]
    /// The segment, and for a spline the index of a piece.
    private let entries: [(segment: Int32, piece: Int32)]
    private let index: BoxIndex

    private(set) var budget: Budget
    var isCutOff: Bool { budget.isSpent }

    /// Nil if there are more than `most` pieces.
    init?(_ measured: Measurement, most: Int) {
        let geometry = measured.geometry, tolerance = measured.toleranceMM / measured.mmPerUnit
        var owners = [Int32](repeating: -1, count: geometry.segments.count)
        for place in measured.contours.indices {
            measured.path(of: place).eachSegment { owners[$0] = Int32(truncatingIfNeeded: place) }
        }
        let kept = measured.duplicates.kept
        let kinds = owners.indices.map { segment in
            owners[segment] < 0 || Int(kept[segment]) != segment ? .none : geometry.kind(segment, tolerance)
        }
        var entries: [(segment: Int32, piece: Int32)] = [], boxes: [Box] = []
        for segment in kinds.indices where kinds[segment] != .none {
            let number = Int32(truncatingIfNeeded: segment)
            if case .spline(let spline) = geometry.segments[segment].shape {
                for piece in 0..<geometry.splines[spline].pieces {
                    entries.append((number, Int32(truncatingIfNeeded: piece)))
                    boxes.append(geometry.piece(geometry.splines[spline], piece).hull.widened(tolerance))
                }
            } else {
                var box = Box()
                geometry.widen(&box, by: geometry.segments[segment])
                entries.append((number, 0))
                boxes.append(box.widened(tolerance))
            }
            guard entries.count <= most else { return nil }
        }
        (self.geometry, self.tolerance, self.kinds, self.owners, self.entries) = (geometry, tolerance, kinds, owners, entries)
        index = BoxIndex(boxes)
        budget = Budget(for: boxes.count)
    }

    /// Counts steps of the caller.
    func take(_ steps: Int, at place: Point) { budget.take(steps, at: place) }

    /// Calls `body` with the segments on which a place may lie, until it returns false or the budget is exceeded.
    func visit(_ place: Point, _ body: (_ segment: Int, _ piece: Int) -> Bool) {
        index.visit(Box(place, place)) { found in
            body(Int(entries[found].segment), Int(entries[found].piece)) && budget.take(at: place)
        }
    }

    /// Whether a place lies on a segment whose direction there agrees within some degrees.
    func lies(_ place: Point, along way: Point, on segment: Int, piece: Int) -> Bool {
        let tangent: Point?
        switch geometry.segments[segment].shape {
        case .line: tangent = Self.tangent(place, geometry.segments[segment].a, geometry.segments[segment].b, tolerance)
        case .conic(let number): tangent = geometry.conics[number].tangent(at: place, within: tolerance)
        case .spline(let number):
            budget.take(4, at: place)
            tangent = Self.tangent(place, geometry.piece(geometry.splines[number], piece), tolerance, 24)
        }
        return tangent.map { abs($0.cross(way)) <= 0.3 * $0.length * way.length } ?? false
    }

    /// Returns the direction of a line if a place is on it.
    private static func tangent(_ p: Point, _ a: Point, _ b: Point, _ reach: Double) -> Point? {
        let way = b - a
        return way.dot(way) > 0 && p.isWithin(reach, of: ChordDistance.foot(p, a, b)) ? way : nil
    }

    private static func tangent(_ p: Point, _ piece: Bezier, _ reach: Double, _ halvings: Int) -> Point? {
        let hull = piece.hull
        guard hull.widened(reach).contains(Box(p, p)) else { return nil }
        let (a, b) = (piece.first, piece.last), way = b - a
        let isFlat = piece.points.allSatisfy { abs(($0.point - a).cross(way)) <= 0.1 * reach * way.length }
        // A piece of the size of a point is not bisected further.
        if halvings == 0 || isFlat && way.length > 0 || max(hull.width, hull.height) < 0.1 * reach { return tangent(p, a, b, reach) }
        let (left, right) = piece.halves()
        return tangent(p, left, reach, halvings - 1) ?? tangent(p, right, reach, halvings - 1)
    }
}

extension Geometry {
    /// Returns the kind of a segment for the search.
    fileprivate func kind(_ number: Int, _ tolerance: Double) -> CurveIndex.Kind {
        let segment = segments[number], way = segment.b - segment.a
        let isShort = segment.length <= way.length + tolerance
        // Near the point of contact with a tangent line, short arcs of a circle are on the line. Therefore a curve is straight only if it
        // stays within a fraction of the tolerance.
        func isOnChord(_ p: Point, _ part: Double) -> Bool { abs((p - segment.a).cross(way)) <= part * tolerance * way.length }
        switch segment.shape {
        case .line: return .straight
        case .conic(let index):
            let conic = conics[index]
            return isShort && abs(conic.end - conic.start) < 1 && isOnChord(middle(segment), 0.01) ? .straight : .conic
        case .spline(let index):
            let isStraight =
                isShort
                && (0..<splines[index].pieces).allSatisfy { piece(splines[index], $0).points.allSatisfy { isOnChord($0.point, 0.1) } }
            return isStraight ? .straight : .spline
        }
    }

    /// Calls `body` with places on a segment, not its ends, and its direction there, until it returns false. Returns false in that case.
    func probe(_ segment: Segment, _ body: (_ place: Point, _ way: Point) -> Bool) -> Bool {
        switch segment.shape {
        case .line:
            return [0.1, 0.5, 0.9].allSatisfy { body(segment.a + (segment.b - segment.a) * $0, segment.b - segment.a) }
        case .conic(let index):
            let conic = conics[index], count = max(3, Int((abs(conic.end - conic.start) / 0.3).rounded(.up)))
            return (0..<count).allSatisfy { step in
                let t = conic.start + (conic.end - conic.start) * (Double(step) + 0.5) / Double(count)
                return body(conic.point(t, after: segment.a), conic.velocity(t))
            }
        case .spline(let index):
            return (0..<splines[index].pieces).allSatisfy { number in
                let piece = piece(splines[index], number)
                return [0.2, 0.5, 0.8].allSatisfy { part in
                    let (place, way) = piece.evaluate(part)
                    return body(place, way)
                }
            }
        }
    }
}

extension Conic {
    /// Returns a place in the coordinates of the curve's axes, in which the curve is the unit circle; nil if the curve is flat.
    private func own(_ p: Point) -> Point? {
        let determinant = u.cross(v)
        guard abs(determinant) > 1e-9 * (u.dot(u) + v.dot(v)) else { return nil }
        return Point((p - center).cross(v) / determinant, u.cross(p - center) / determinant)
    }

    /// Returns the approximate distance of a nearby place from the whole curve; nil if the curve is flat.
    func distance(to p: Point) -> Double? {
        guard let own = own(p) else { return nil }
        let reach = own.length, determinant = u.cross(v)
        let slope = (Point(v.y, -v.x) * own.x + Point(-u.y, u.x) * own.y) * (1 / determinant)
        return slope.length > 0 ? abs(reach - 1) * reach / slope.length : nil
    }

    /// Returns the angle of a place near the curve.
    func angle(of p: Point) -> Double? { own(p).map { atan2($0.y, $0.x) } }

    /// Returns the direction of the arc if a place is on it.
    func tangent(at p: Point, within reach: Double) -> Point? {
        guard let distance = distance(to: p), distance <= reach, let angle = angle(of: p) else { return nil }
        let (low, high) = (min(start, end), max(start, end))
        // The arc is extended beyond its ends by the tolerance.
        let slack = reach / max(velocity(angle).length, reach)
        let t = angle + ((low - slack - angle) / (2 * .pi)).rounded(.up) * 2 * .pi
        return t <= high + slack ? velocity(angle) : nil
    }
}
