/// Finds the corresponding contours of an older and a newer drawing. Each contour is matched at most once.
struct Matching {
    /// The properties of a contour that are compared.
    private struct Piece {
        let isClosed, isHole: Bool
        let length, area: Double
        let box: Box
        let numbers: Fingerprint

        init(_ measured: Measurement, _ place: Int, _ map: Rigid) {
            let contour = measured.contours[place]
            (isClosed, isHole, length, area) = (contour.isClosed, contour.depth % 2 == 1, contour.lengthMM, contour.areaMM2)
            let figure = Figure(measured, contours: [place]).mapped(map)
            numbers = figure.fingerprint
            var box = Box()
            if let diameter = contour.circleDiameterMM {
                box.include(map(contour.box.center))
                box = box.widened(diameter / 2)
            } else if map.isMirrored || map.turn != 0 {
                for path in figure.paths { box.include(path.box) }
            } else {
                box = Box(map(contour.box.min), map(contour.box.max))
            }
            self.box = box
        }

        /// Returns the difference of the properties that no map changes, in ten-thousandths and rounded, so that rounding errors count as
        /// equal.
        func unlikeness(_ other: Piece) -> Double {
            let (a, b) = (numbers, other.numbers)
            let lengths = [(length, other.length), (area.squareRoot(), other.area.squareRoot()), (a.spread, b.spread)]
            let parts = lengths.map { abs($0 - $1) / max($0, $1, 1e-3) } + [abs(a.roundness - b.roundness)]
            return (parts.reduce(0, +) * 1e4).rounded()
        }
    }

    typealias Pair = (old: Int, new: Int)

    /// Contours that may be matched, 16 bytes each: where thousands overlap or are alike, each has some dozens.
    private struct Candidate {
        let cost: Double
        let old, new: Int32

        init(_ cost: Double, _ old: Int, _ new: Int) {
            (self.cost, self.old, self.new) = (cost, Int32(truncatingIfNeeded: old), Int32(truncatingIfNeeded: new))
        }
    }

    private let old, new: [Piece]
    private let templates: (old: Templates, new: Templates)
    private let reach: Double
    /// The contours without a counterpart so far.
    private(set) var freshOld: [Int]
    private(set) var freshNew: [Int]

    init(_ before: Measurement, _ after: Measurement, _ map: Rigid, _ reach: Double) {
        old = before.contours.indices.map { Piece(before, $0, .identity) }
        new = after.contours.indices.map { Piece(after, $0, map) }
        templates = (Templates(before, .identity), Templates(after, map))
        self.reach = reach
        (freshOld, freshNew) = (Array(old.indices), Array(new.indices))
    }

    func change(_ kind: Revision.Kind, _ old: Int?, _ new: Int?) -> Revision.Change {
        let from = old.map { self.old[$0].box } ?? Box(), to = new.map { self.new[$0].box } ?? Box()
        return Revision.Change(kind: kind, old: old, new: new, from: from, to: to)
    }

    /// The displacement between the lower left corners of the unmatched contours of both drawings.
    var boxShift: Point {
        var (from, to) = (Box(), Box())
        for place in freshOld { from.include(old[place].box) }
        for place in freshNew { to.include(new[place].box) }
        return from.isEmpty || to.isEmpty ? .zero : to.min - from.min
    }

    func isSameSize(_ a: Int, _ b: Int) -> Bool {
        abs(old[a].box.width - new[b].box.width) <= 2 * reach && abs(old[a].box.height - new[b].box.height) <= 2 * reach
    }

    private func isLike(_ a: Int, _ b: Int) -> Bool {
        old[a].isClosed == new[b].isClosed && abs(old[a].length - new[b].length) <= 4 * reach + 2e-4 * old[a].length
    }

    /// Matches contours that coincide after shifting the older ones.
    mutating func still(shift: Point) -> [Pair] {
        let map = Rigid(mirrored: false, turn: 0, shift: shift)
        var found = pairs { old, new in
            guard isSameSize(old, new), isLike(old, new), templates.old[old].lie(map, on: templates.new[new], within: reach)
            else { return nil }
            return 0
        } near: {
            Box($0.min + shift, $0.min + shift).widened(2 * reach)
        } of: {
            Box($0.min, $0.min)
        }
        return claim(&found)
    }

    /// Matches equal contours in other places, also rotated ones; the nearest first.
    mutating func moved() -> [Pair] {
        let byLength = freshNew.sorted { (new[$0].length, $0) < (new[$1].length, $1) }
        var found: [Candidate] = []
        var middle = 0
        for place in freshOld.sorted(by: { old[$0].length < old[$1].length }) {
            while middle < byLength.count, new[byLength[middle]].length < old[place].length { middle += 1 }
            let range = max(0, middle - Self.mostAlike / 2)..<min(byLength.count, middle + Self.mostAlike / 2)
            found += partners(of: place, among: byLength[range])
        }
        return claim(&found)
    }

    /// The maximum number of compared contours of similar length, and of equal contours among them.
    private static let mostAlike = 512
    private static let mostEqual = 64
    /// The maximum number of unsuccessful fits, which take long. The most similar contours are tried first, so the others are unlikely to
    /// be equal.
    private static let mostFits = 4

    /// Returns the contours among some new ones that equal an old one, with their distances from it.
    private func partners(of place: Int, among numbers: ArraySlice<Int>) -> [Candidate] {
        let own = old[place], template = templates.old[place]
        let alike = numbers.lazy.filter { isLike(place, $0) && template.isLike(templates.new[$0], within: reach) }
            .map { (number: $0, unlikeness: own.unlikeness(new[$0]), distance: (new[$0].box.center - own.box.center).length) }
            .sorted { ($0.unlikeness, $0.distance, $0.number) < ($1.unlikeness, $1.distance, $1.number) }
        var found: [Candidate] = []
        var fits = 0
        for other in alike {
            let partner = new[other.number], map = Rigid(mirrored: false, turn: 0, shift: partner.box.center - own.box.center)
            let onto = templates.new[other.number]
            if !isSameSize(place, other.number) || !template.lie(map, on: onto, within: reach) {
                guard template.fit(onto: onto, within: reach) != nil else {
                    fits += 1
                    if fits == Self.mostFits { break }
                    continue
                }
            }
            found.append(Candidate(other.distance, place, other.number))
            if found.count == Self.mostEqual { break }
        }
        return found
    }

    /// Matches contours of a kind whose boxes overlap considerably or have the same centre.
    mutating func overlapping() -> [Pair] {
        var found = pairs { old, new in
            guard self.old[old].isClosed == self.new[new].isClosed, self.old[old].isHole == self.new[new].isHole else { return nil }
            let (a, b) = (self.old[old].box, self.new[new].box)
            if a.center.isWithin(0.5, of: b.center) { return 0 }
            let overlap = a.overlap(b)
            return overlap > 0.3 ? 1 - overlap : nil
        } near: {
            $0.widened(0.5)
        } of: {
            $0
        }
        return claim(&found)
    }

    /// Returns pairs of unmatched contours. Only new contours whose box by `of` meets the old one's box by `near` are compared.
    private func pairs(cost: (Int, Int) -> Double?, near: (Box) -> Box, of: (Box) -> Box) -> [Candidate] {
        let index = BoxIndex(freshNew.map { of(new[$0].box) })
        var found: [Candidate] = []
        for place in freshOld {
            var asked = 0
            index.visit(near(old[place].box)) { number in
                if let cost = cost(place, freshNew[number]) {
                    found.append(Candidate(cost, place, freshNew[number]))
                    asked += 1
                }
                return asked < Self.mostEqual
            }
        }
        return found
    }

    /// Matches contours, the pairs of the least cost first, each contour once.
    private mutating func claim(_ found: inout [Candidate]) -> [Pair] {
        found.sort { ($0.cost, $0.old, $0.new) < ($1.cost, $1.old, $1.new) }
        var (usedOld, usedNew) = (Set<Int>(), Set<Int>())
        var claimed: [Pair] = []
        for pair in found.lazy.map({ (old: Int($0.old), new: Int($0.new)) })
        where !usedOld.contains(pair.old) && !usedNew.contains(pair.new) {
            usedOld.insert(pair.old)
            usedNew.insert(pair.new)
            claimed.append(pair)
        }
        freshOld.removeAll { usedOld.contains($0) }
        freshNew.removeAll { usedNew.contains($0) }
        return claimed
    }
}

/// The figures of a drawing's contours, prepared for comparisons. They are computed on demand and only some are kept, because of thousands
/// of contours that are compared with their neighbours, few are needed at the same time.
private final class Templates {
    private let measured: Measurement
    private let map: Rigid
    private var known: [Int: ReferenceFigure] = [:]
    private static let most = 512

    init(_ measured: Measurement, _ map: Rigid) { (self.measured, self.map) = (measured, map) }

    subscript(place: Int) -> ReferenceFigure {
        if let template = known[place] { return template }
        if known.count >= Self.most { known.removeAll(keepingCapacity: true) }
        let template = ReferenceFigure(Figure(measured, contours: [place]).mapped(map))
        known[place] = template
        return template
    }
}
