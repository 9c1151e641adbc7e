import Glibc

/// A convex polygon, counterclockwise.
struct ConvexShape: Sendable {
    var corners: [Point]

    init(_ corners: [Point]) { self.corners = corners }
    init(hull points: [Point]) { corners = ConvexHull.of(points) }

    var area: Double {
        var area = 0.0
        for (a, b) in edges { area += (a - corners[0]).cross(b - corners[0]) / 2 }
        return area
    }

    var box: Box { corners.reduce(into: Box()) { $0.include($1) } }

    var edges: some RandomAccessCollection<(Point, Point)> {
        corners.indices.lazy.map { (corners[$0], corners[$0 + 1 == corners.count ? 0 : $0 + 1]) }
    }

    func mapped(_ map: Rigid) -> ConvexShape { ConvexShape(corners.map { map($0) }) }

    /// Returns the shape of the places within a distance of this one. Its rounded corners are cut straight, outside the curve: by at most
    /// 2 % of the distance.
    func grown(by reach: Double) -> ConvexShape {
        guard reach > 0, corners.count > 2 else { return self }
        var grown: [Point] = []
        for number in corners.indices {
            let before = corners[number == 0 ? corners.count - 1 : number - 1], corner = corners[number]
            let after = corners[number + 1 == corners.count ? 0 : number + 1]
            let (one, two) = (corner - before, after - corner), turn = atan2(one.cross(two), one.dot(two))
            let steps = max(1, Int((turn / (.pi / 8)).rounded(.up))), half = turn / Double(2 * steps)
            let start = atan2(-one.x, one.y), length = reach / cos(half)
            for step in 0..<steps { grown.append(corner + Angle.way(start + half * Double(2 * step + 1)) * length) }
        }
        return ConvexShape(grown)
    }

    /// Returns the places of another shape, given by the place of its origin, at which it overlaps this one.
    func overlapping(_ other: ConvexShape) -> ConvexShape {
        // The Minkowski sum with the other shape, rotated by half a turn: the edges of both in the order of their directions.
        let turned = other.corners.map { $0 * -1 }
        var (i, j) = (lowest(corners), lowest(turned)), sum: [Point] = [], (left, right) = (corners.count, turned.count)
        while left > 0 || right > 0 {
            sum.append(corners[i] + turned[j])
            let next = i + 1 == corners.count ? 0 : i + 1, after = j + 1 == turned.count ? 0 : j + 1
            let side = (corners[next] - corners[i]).cross(turned[after] - turned[j])
            let both = left > 0 && right > 0
            if left > 0, !both || side >= 0 { (i, left) = (next, left - 1) }
            if right > 0, !both || side <= 0 { (j, right) = (after, right - 1) }
        }
        return ConvexShape(sum)
    }

    private func lowest(_ points: [Point]) -> Int {
        points.indices.min { (points[$0].y, points[$0].x) < (points[$1].y, points[$1].x) } ?? 0
    }

    /// Returns the part of a line from a to b that is inside by more than `reach`, as fractions of its length.
    func inside(_ a: Point, _ b: Point, by reach: Double) -> ClosedRange<Double>? {
        var (low, high) = (0.0, 1.0)
        for (c, d) in edges {
            let way = d - c, length = way.length
            guard length > 0 else { continue }
            let from = way.cross(a - c) / length - reach, to = way.cross(b - c) / length - reach
            if from <= 0, to <= 0 { return nil }
            if from < 0 { low = max(low, from / (from - to)) } else if to < 0 { high = min(high, from / (from - to)) }
        }
        return low < high ? low...high : nil
    }

    /// How deep a place is inside; negative outside.
    func depth(_ place: Point) -> Double {
        edges.reduce(.infinity) { least, edge in
            let way = edge.1 - edge.0, length = way.length
            return length > 0 ? min(least, way.cross(place - edge.0) / length) : least
        }
    }

    /// Keeps what is left of the line through a place in a direction.
    mutating func cut(left place: Point, _ way: Point) {
        var kept: [Point] = []
        for (a, b) in edges {
            let (from, to) = (way.cross(a - place), way.cross(b - place))
            if from >= 0 { kept.append(a) }
            if (from > 0 && to < 0) || (from < 0 && to > 0) { kept.append(a + (b - a) * (from / (from - to))) }
        }
        corners = kept
    }
}

extension ConvexShape {
    /// Divides a simple polygon into convex pieces; nil if it crosses itself.
    static func pieces(of given: [Point]) -> [ConvexShape]? {
        let all = distinct(given)
        guard all.count > 2 else { return [] }
        let area = all.indices.reduce(0) { $0 + (all[$1] - all[0]).cross(all[($1 + 1) % all.count] - all[0]) / 2 }
        let hull = ConvexShape(hull: all)
        if abs(hull.area - abs(area)) <= 1e-9 * abs(area) { return [hull] }
        guard let triangles = triangles(area < 0 ? all.reversed() : all) else { return nil }
        var pieces: [ConvexShape] = []
        for triangle in triangles {
            // Each is joined to an earlier piece with which it is convex.
            if let number = pieces.indices.last(where: { pieces[$0].joined(triangle) != nil }) {
                pieces[number] = pieces[number].joined(triangle) ?? pieces[number]
            } else {
                pieces.append(triangle)
            }
        }
        let sum = pieces.reduce(0) { $0 + $1.area }
        return abs(sum - abs(area)) <= 1e-9 * abs(area) ? pieces : nil
    }

    private static func distinct(_ points: [Point]) -> [Point] {
        var kept: [Point] = points.reduce(into: []) { kept, point in if kept.last != point { kept.append(point) } }
        while kept.count > 1, kept.first == kept.last { kept.removeLast() }
        return kept
    }

    /// The hull of this and another shape, if it has the area of both and they have an edge in common.
    private func joined(_ other: ConvexShape) -> ConvexShape? {
        let common = edges.contains { a, b in other.edges.contains { $0 == b && $1 == a } }
        guard common else { return nil }
        let hull = ConvexShape(hull: corners + other.corners)
        return hull.area <= (area + other.area) * (1 + 1e-12) ? hull : nil
    }

    /// Cuts off ears (Meisters, 1975).
    private static func triangles(_ given: [Point]) -> [ConvexShape]? {
        var corners = given, triangles: [ConvexShape] = []
        while corners.count > 3 {
            let count = corners.count
            let ear = corners.indices.first { number in
                let (a, b, c) = (corners[(number + count - 1) % count], corners[number], corners[(number + 1) % count])
                guard Orientation.of(a, b, c) > 0 else { return false }
                return !corners.contains { $0 != a && $0 != b && $0 != c && ConvexHull.holds([a, b, c], $0) }
            }
            if let ear {
                triangles.append(ConvexShape([corners[(ear + count - 1) % count], corners[ear], corners[(ear + 1) % count]]))
                corners.remove(at: ear)
            } else if let flat = corners.indices.first(where: { number in
                Orientation.of(corners[(number + count - 1) % count], corners[number], corners[(number + 1) % count]) == 0
            }) {
                corners.remove(at: flat)
            } else {
                return nil
            }
        }
        if Orientation.of(corners[0], corners[1], corners[2]) > 0 { triangles.append(ConvexShape(corners)) }
        return triangles
    }
}
