/// Finds the contours of an older and a newer drawing that belong together; each is taken once.
struct Matching {
    /// A contour with what it is compared by.
    private struct Piece {
        let isClosed, isHole: Bool
        let length: Double
        let box: Box
        let template: Template

        init(_ measured: Measurement, _ place: Int, _ map: Rigid) {
            let contour = measured.contours[place]
            (isClosed, isHole, length) = (contour.isClosed, contour.depth % 2 == 1, contour.lengthMM)
            template = Template(Figure(measured, contours: [place]).mapped(map))
            var box = Box()
            if let diameter = contour.circleDiameterMM {
                box.include(map(contour.box.middle))
                box = box.grown(by: diameter / 2)
            } else if map.isMirrored || map.turn != 0 {
                for point in template.figure.strokes.lazy.joined() { box.include(point) }
            } else {
                box = Box(map(contour.box.min), map(contour.box.max))
            }
            self.box = box
        }
    }

    typealias Pair = (old: Int, new: Int)

    private let old, new: [Piece]
    private let reach: Double
    /// What has found no partner yet.
    private(set) var freshOld: [Int]
    private(set) var freshNew: [Int]

    init(_ before: Measurement, _ after: Measurement, _ map: Rigid, _ reach: Double) {
        old = before.contours.indices.map { Piece(before, $0, .identity) }
        new = after.contours.indices.map { Piece(after, $0, map) }
        self.reach = reach
        (freshOld, freshNew) = (Array(old.indices), Array(new.indices))
    }

    func change(_ kind: Revision.Kind, _ old: Int?, _ new: Int?) -> Revision.Change {
        let from = old.map { self.old[$0].box } ?? Box(), to = new.map { self.new[$0].box } ?? Box()
        return Revision.Change(kind: kind, old: old, new: new, from: from, to: to)
    }

    /// From the lower left corner of what is left of the older drawing to that of the newer.
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

    /// The contours that lie on each other when the older ones are shifted.
    mutating func still(shift: Point) -> [Pair] {
        let map = Rigid(mirrored: false, turn: 0, shift: shift)
        let found = pairs { old, new in
            guard isSameSize(old, new), isLike(old, new), self.old[old].template.lies(map, on: self.new[new].template, within: reach)
            else { return nil }
            return 0
        } near: {
            Box($0.min + shift, $0.min + shift).grown(by: 2 * reach)
        } of: {
            Box($0.min, $0.min)
        }
        return claim(found)
    }

    /// Equal contours in other places, also turned ones; the nearest first.
    mutating func moved() -> [Pair] {
        var everywhere = Box()
        for place in freshNew { everywhere.include(new[place].box) }
        let found = pairs { old, new in
            guard isLike(old, new) else { return nil }
            let shift = self.new[new].box.middle - self.old[old].box.middle
            let map = Rigid(mirrored: false, turn: 0, shift: shift)
            let (from, to) = (self.old[old].template, self.new[new].template)
            let isEqual = isSameSize(old, new) && from.lies(map, on: to, within: reach)
            return isEqual || from.fit(onto: to, within: reach) != nil ? shift.length : nil
        } near: { _ in
            everywhere
        } of: {
            $0
        }
        return claim(found)
    }

    /// Contours of a kind that cover the same place in good part, or stand round the same middle.
    mutating func overlapping() -> [Pair] {
        let found = pairs { old, new in
            guard self.old[old].isClosed == self.new[new].isClosed, self.old[old].isHole == self.new[new].isHole else { return nil }
            let (a, b) = (self.old[old].box, self.new[new].box)
            if a.middle.isWithin(0.5, of: b.middle) { return 0 }
            let overlap = a.overlap(b)
            return overlap > 0.3 ? 1 - overlap : nil
        } near: {
            $0.grown(by: 0.5)
        } of: {
            $0
        }
        return claim(found)
    }

    /// What is left in pairs, the least cost first. Only new contours are asked whose box by `of` meets the old one's by `near`.
    private func pairs(cost: (Int, Int) -> Double?, near: (Box) -> Box, of: (Box) -> Box) -> [Pair] {
        let index = BoxIndex(freshNew.map { of(new[$0].box) })
        var found: [(cost: Double, pair: Pair)] = []
        for place in freshOld {
            var asked = 0
            index.visit(near(old[place].box)) { number in
                if let cost = cost(place, freshNew[number]) {
                    found.append((cost, (place, freshNew[number])))
                    asked += 1
                }
                // Of hundreds of equal holes some will do.
                return asked < 64
            }
        }
        return found.sorted { ($0.cost, $0.pair.old, $0.pair.new) < ($1.cost, $1.pair.old, $1.pair.new) }.map(\.pair)
    }

    /// Takes each contour in the first pair that names it.
    private mutating func claim(_ found: [Pair]) -> [Pair] {
        var (usedOld, usedNew) = (Set<Int>(), Set<Int>())
        var claimed: [Pair] = []
        for pair in found where !usedOld.contains(pair.old) && !usedNew.contains(pair.new) {
            usedOld.insert(pair.old)
            usedNew.insert(pair.new)
            claimed.append(pair)
        }
        freshOld.removeAll { usedOld.contains($0) }
        freshNew.removeAll { usedNew.contains($0) }
        return claimed
    }
}
