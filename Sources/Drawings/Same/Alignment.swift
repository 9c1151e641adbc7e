import Glibc

/// Finds the map that best aligns a newer version of a drawing with the older one, if it was moved, rotated or mirrored as a whole.
struct Alignment {
    /// The map from the newer drawing to the older.
    private(set) var best = Rigid.identity
    private var score = 0
    /// The share of the newer drawing that lies on the older, from 0 to 1.
    var share: Double { new.few.isEmpty ? 0 : Double(score) / Double(new.few.count) }
    private let old, new: ReferenceFigure
    /// The maximum number of comparisons with pieces of the older drawing, which grows with it.
    private let mostLooks: Int
    /// Whether the search stopped before all candidate maps were tried.
    private(set) var isCutOff = false
    private let reach: Double

    /// The share of a drawing that may have changed for it to be recognised.
    private static let changed = 0.5
    /// The number of contours that are aligned individually if the alignment of the whole drawing fails.
    private static let anchors = 8

    /// - Parameter looks: the number of comparisons with pieces of the older drawing, in addition to 200 for each of its segments.
    init(_ before: Measurement, _ after: Measurement, _ reach: Double, looks: Int = 5_000_000) {
        (old, new) = (ReferenceFigure(before.figure), ReferenceFigure(after.figure))
        self.reach = reach
        mostLooks = looks + 200 * before.geometry.segments.count
        consider(.identity)
        pose(new, on: old)
        let (was, now) = (Self.places(before), Self.places(after))
        for map in byPairs(was, now) where goesOn { consider(map) }
        for map in byOne(was, now) where goesOn { consider(map) }
        // If much was added or removed, the centres of the whole drawings do not correspond, but those of the largest contours do.
        let newest = Self.byLength(after)
        for (number, place) in Self.byLength(before).prefix(Self.anchors).enumerated() where number == 0 || share < Self.changed {
            guard goesOn else { break }
            let anchor = ReferenceFigure(Figure(before, contours: [place]))
            let likely = newest.filter { abs(after.contours[$0].lengthMM - anchor.figure.length) <= 0.01 * anchor.figure.length }
            for other in likely.prefix(number == 0 ? 4 : 2) { pose(ReferenceFigure(Figure(after, contours: [other])), on: anchor) }
        }
        isCutOff = score < new.few.count && old.looks >= mostLooks
    }

    /// Whether a better map is possible, and comparisons are left to find it.
    private var goesOn: Bool { score < new.few.count && old.looks < mostLooks }

    private static func byLength(_ measured: Measurement) -> [Int] {
        let lengths = measured.contours.map(\.lengthMM)
        return lengths.indices.sorted { (lengths[$1], $0) < (lengths[$0], $1) }
    }

    /// Returns the centres and lengths of the longest contours.
    private static func places(_ measured: Measurement) -> [(middle: Point, length: Double)] {
        byLength(measured).prefix(24).map { (Figure(measured, contours: [$0]).centre, measured.contours[$0].lengthMM) }
    }

    /// Returns the maps that align two contours with two of equal length in the other drawing; at most 400.
    private func byPairs(_ old: [(middle: Point, length: Double)], _ new: [(middle: Point, length: Double)]) -> [Rigid] {
        var maps: [Rigid] = []
        func isLike(_ a: Double, _ b: Double) -> Bool { abs(a - b) <= 2 * reach + 1e-4 * a }
        for (i, a) in old.enumerated() {
            for b in old[..<i] where (a.middle - b.middle).length > 1 {
                for c in new where isLike(a.length, c.length) {
                    for d in new where isLike(b.length, d.length) && isLike((a.middle - b.middle).length, (c.middle - d.middle).length) {
                        let (was, now) = (b.middle - a.middle, d.middle - c.middle)
                        for isMirrored in [false, true] {
                            let turn = atan2(was.y, was.x) - (isMirrored ? -1 : 1) * atan2(now.y, now.x)
                            maps.append(Rigid(mirrored: isMirrored, turn: turn, taking: c.middle, to: a.middle))
                        }
                        if maps.count >= 400 { return maps }
                    }
                }
            }
        }
        return maps
    }

    /// Returns the maps that align one contour with one of equal length without a rotation, for drawings in which little is unchanged; at
    /// most 200.
    private func byOne(_ old: [(middle: Point, length: Double)], _ new: [(middle: Point, length: Double)]) -> [Rigid] {
        var maps: [Rigid] = []
        for a in old {
            for b in new where abs(a.length - b.length) <= 2 * reach + 1e-4 * a.length && maps.count < 200 {
                maps.append(Rigid(mirrored: false, turn: 0, taking: b.middle, to: a.middle))
            }
        }
        return maps
    }

    /// Tries every candidate rotation of one figure onto another.
    private mutating func pose(_ part: ReferenceFigure, on other: ReferenceFigure) {
        for isMirrored in [false, true] {
            for turn in part.spectrum.turns(onto: other.spectrum, mirrored: isMirrored).prefix(32) {
                let start = Rigid(mirrored: isMirrored, turn: turn, taking: part.figure.centre, to: other.figure.centre)
                guard goesOn else { return }
                guard let coarse = part.settled(start, on: other, missing: Self.changed, within: reach) else { continue }
                consider(new.settled(coarse, on: old, missing: Self.changed, within: reach) ?? coarse)
            }
        }
    }

    /// Keeps a map if a larger share of the drawing lies on the other than with any map before.
    private mutating func consider(_ map: Rigid) {
        let points = new.few
        var count = points.count
        for point in points where !old.touches(map(point), within: reach) {
            count -= 1
            // The share can no longer exceed the best one.
            if count <= score { return }
        }
        if count > score { (best, score) = (map, count) }
    }
}
