import Glibc

/// How a newer version of a drawing is best laid on the older one when it was moved or turned as a whole.
struct Alignment {
    /// From the newer drawing to the older.
    private(set) var best = Rigid.identity
    private var score = 0
    /// The share of the newer drawing that lies on the older, from 0 to 1.
    var share: Double { new.few.isEmpty ? 0 : Double(score) / Double(new.few.count) }
    private let old, new: ReferenceFigure
    /// Pieces of the older drawing that are looked at; they grow with it.
    private let mostLooks: Int
    /// Whether it ended before all ways were tried in which the drawings may lie on each other.
    private(set) var isCutOff = false
    private let reach: Double

    /// So much of a drawing may have changed and it is still recognised.
    private static let changed = 0.5
    /// The contours that are laid on their likes where the whole does not tell.
    private static let anchors = 8

    /// - Parameter looks: at pieces of the older drawing, beside some for each of its segments.
    init(_ before: Measurement, _ after: Measurement, _ reach: Double, looks: Int = 5_000_000) {
        (old, new) = (ReferenceFigure(before.figure), ReferenceFigure(after.figure))
        self.reach = reach
        mostLooks = looks + 200 * before.geometry.segments.count
        consider(.identity)
        pose(new, on: old)
        let (was, now) = (Self.places(before), Self.places(after))
        for map in byPairs(was, now) where goesOn { consider(map) }
        for map in byOne(was, now) where goesOn { consider(map) }
        // Where much was added or removed the centres of the whole do not tell; those of its largest contours do.
        let newest = Self.byLength(after)
        for (number, place) in Self.byLength(before).prefix(Self.anchors).enumerated() where number == 0 || share < Self.changed {
            guard goesOn else { break }
            let anchor = ReferenceFigure(Figure(before, contours: [place]))
            let likely = newest.filter { abs(after.contours[$0].lengthMM - anchor.figure.length) <= 0.01 * anchor.figure.length }
            for other in likely.prefix(number == 0 ? 4 : 2) { pose(ReferenceFigure(Figure(after, contours: [other])), on: anchor) }
        }
        isCutOff = score < new.few.count && old.looks >= mostLooks
    }

    /// Whether a better map may be found, and there are looks left to look for it.
    private var goesOn: Bool { score < new.few.count && old.looks < mostLooks }

    private static func byLength(_ measured: Measurement) -> [Int] {
        let lengths = measured.contours.map(\.lengthMM)
        return lengths.indices.sorted { (lengths[$1], $0) < (lengths[$0], $1) }
    }

    /// The middle and length of the longest contours.
    private static func places(_ measured: Measurement) -> [(middle: Point, length: Double)] {
        byLength(measured).prefix(24).map { (Figure(measured, contours: [$0]).centre, measured.contours[$0].lengthMM) }
    }

    /// The maps that two contours and their likes in the other drawing ask for; at most some hundreds.
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

    /// Where little is as it was one contour and its like have to tell, as if nothing was turned; at most some hundreds.
    private func byOne(_ old: [(middle: Point, length: Double)], _ new: [(middle: Point, length: Double)]) -> [Rigid] {
        var maps: [Rigid] = []
        for a in old {
            for b in new where abs(a.length - b.length) <= 2 * reach + 1e-4 * a.length && maps.count < 200 {
                maps.append(Rigid(mirrored: false, turn: 0, taking: b.middle, to: a.middle))
            }
        }
        return maps
    }

    /// Tries every way in which one template may lie on another.
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

    /// Keeps a map when more of the drawing lies on the other than by any before.
    private mutating func consider(_ map: Rigid) {
        let points = new.few
        var count = points.count
        for point in points where !old.touches(map(point), within: reach) {
            count -= 1
            // It cannot become better than the best.
            if count <= score { return }
        }
        if count > score { (best, score) = (map, count) }
    }
}
