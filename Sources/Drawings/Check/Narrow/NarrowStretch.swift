/// Searches a stretch of neighbouring contours for narrow places, of each contour with itself and with those after it in the tree of boxes.
struct NarrowStretch {
    private(set) var findings: NarrowFindings
    private let contours: NarrowContours
    private let setting: NarrowSetting
    private var budget = Budget(for: 0)
    private var cache: NarrowCache

    init(_ contours: NarrowContours, _ findings: NarrowFindings) {
        (self.contours, self.findings, setting, cache) = (contours, findings, contours.setting, NarrowCache(contours))
    }

    /// - Parameter place: the number of the stretch.
    mutating func search(_ place: Int) {
        let leaves = contours.leaves(place)
        budget = Budget(for: leaves.reduce(0) { $0 + Int(contours.loop(number($1)).chain.count) * 8 })
        var near: [Int] = []
        for leaf in leaves {
            let one = number(leaf)
            near.removeAll(keepingCapacity: true)
            contours.index.visit(contours.loop(one).box.widened(setting.widest), after: leaf) { other in
                near.append(Int(contours.numbers[Int(other)]))
                return budget.take(at: contours.loop(one).box.center)
            }
            compareWithItself(one)
            for other in near where !budget.isSpent { compare(one, other) }
            if let end = budget.end { return findings.stop(at: end) }
        }
    }

    private func number(_ leaf: Int) -> Int { Int(contours.numbers[Int(contours.index.items[leaf])]) }

    private mutating func compareWithItself(_ number: Int) {
        let loop = contours.loop(number)
        guard !loop.isCircle else { return addDiameter(loop, number) }
        let contour = cache.contour(number), spans = contour.spans
        var facing: [Int] = []
        for one in spans.indices where !budget.isSpent {
            var steps = 0
            facing.removeAll(keepingCapacity: true)
            contour.visit(spans[one].box.widened(setting.widest)) { two in
                steps += 1
                if two >= one, contour.mayFace(one, two) { facing.append(two) }
            }
            budget.take(steps, at: spans[one].a)
            for two in facing { compare(contour, one, contour, two, setting.widest) }
        }
    }

    /// Compares a circle with itself. Its width is the diameter. A round hole is not a narrow slot.
    private mutating func addDiameter(_ loop: Loop, _ number: Int) {
        guard loop.diameter < setting.web, loop.diameter > setting.touch, loop.depth % 2 == 0 else { return }
        findings.add(.init(number, number), NarrowPlace(place: loop.box.center, width: loop.diameter, isWeb: true))
    }

    private mutating func compare(_ one: Int, _ two: Int) {
        // Outside the deeper of two contours the number of surrounding contours is its depth. There is no material between parts beside
        // each other.
        let (first, second) = (contours.loop(one), contours.loop(two))
        let depth = max(first.depth, second.depth), limit = setting.limit(isWeb: depth % 2 == 1)
        // Two contours have another one between them if neither lies in the other and different contours surround them.
        guard depth > 0, first.parent == second.parent || first.parent == two || second.parent == one else { return }
        // Crossings are reported as such.
        guard contours.crossed.isEmpty || !contours.crossed.contains(.init(one, two)) else { return }
        if first.isCircle, second.isCircle { return compareCircles(one, two, limit) }
        let (a, b) = (first.box, second.box)
        let (large, small) = a.width + a.height >= b.width + b.height ? (one, two) : (two, one)
        let outer = cache.contour(large), box = contours.loop(small).box.widened(limit)
        var near: [Int] = []
        outer.visit(box) { near.append($0) }
        budget.take(near.count, at: box.center)
        guard !near.isEmpty else { return }
        let inner = cache.contour(small)
        for span in near where !budget.isSpent {
            var others: [Int] = []
            inner.visit(outer.spans[span].box.widened(limit)) { others.append($0) }
            // The contours are compared in the order of the file, so that the result does not depend on which of them is larger.
            for other in others {
                if large < small { compare(outer, span, inner, other, limit) } else { compare(inner, other, outer, span, limit) }
            }
        }
    }

    /// Compares two circles. Their narrowest place is on the line through their centres; that of concentric circles is reported at the
    /// bottom.
    private mutating func compareCircles(_ one: Int, _ two: Int, _ limit: Double) {
        let (a, b) = (contours.loop(one), contours.loop(two)), (large, small) = a.diameter >= b.diameter ? (a, b) : (b, a)
        let way = small.box.center - large.box.center, distance = way.length, (r, s) = (large.diameter / 2, small.diameter / 2)
        let toward = distance > 0 ? way * (1 / distance) : Point(0, -1)
        let isInside = distance < r, width = isInside ? r - s - distance : distance - r - s
        guard width < limit else { return }
        let pair = NarrowFindings.Pair(one, two), edge = large.box.center + toward * r
        let place = large.box.center + toward * (isInside ? r - width / 2 : r + width / 2)
        if width > setting.touch {
            findings.add(pair, NarrowPlace(place: place, width: width, isWeb: max(a.depth, b.depth) % 2 == 1))
        } else {
            touch(pair, edge, max(width, 0), Int(max(a.depth, b.depth)))
        }
    }

    /// Stores a contact. Pieces in holes can touch the sides of the hole, because they are cut together.
    private mutating func touch(_ pair: NarrowFindings.Pair, _ place: Point, _ width: Double, _ depth: Int) {
        if depth % 2 == 1 { findings.touch(pair, place, width) }
    }
}

/// The comparison of two spans.
extension NarrowStretch {
    private mutating func compare(_ one: NarrowContour, _ span: Int, _ two: NarrowContour, _ other: Int, _ limit: Double) {
        let pair = NarrowPair(one: one, two: two, span: span, other: other, limit: limit, touch: setting.touch)
        guard budget.take(pair.areRound ? 1 : 32, at: one.spans[span].a) else { return }
        var isReported = false
        if !pair.isEven {
            let isNear = pair.visit { p, q in if report(pair, p, q, isMinimum: false) { isReported = true } }
            guard isNear else { return }
        }
        if !isReported, !pair.areNeighbours || !pair.areLines {
            pair.visitBeside { p, q in _ = report(pair, p, q, isMinimum: true) }
        }
    }

    /// Adds two places to the findings if they are the sides of a narrow place.
    /// - Parameter isMinimum: whether to take the distance for a local minimum without testing it, as between parallel spans.
    /// - Returns: whether they are.
    private mutating func report(_ pair: NarrowPair, _ p: NarrowPair.Place, _ q: NarrowPair.Place, isMinimum: Bool) -> Bool {
        let width = (q.point - p.point).length
        guard width < pair.limit else { return false }
        guard width > setting.touch else {
            if !pair.isOne { touch(.init(pair.one.place, pair.two.place), p.point, width, pair.depth) }
            return !pair.isOne
        }
        guard isMinimum || pair.isLeast(p, q), let isWithin = pair.isWithin(p, q) else { return false }
        let around = pair.depth + (pair.isOne && isWithin ? 1 : 0)
        guard width < setting.limit(isWeb: around % 2 == 1) else { return false }
        if pair.isOne, around % 2 == 0, isRelief(pair, p.point, q.point) { return false }
        let place = NarrowPlace(place: (p.point + q.point) * 0.5, width: width, isWeb: around % 2 == 1)
        findings.add(.init(pair.one.place, pair.two.place), place)
        return true
    }

    /// The maximum length of the contour around a pocket, in widths of the pocket, for it to be a relief. A pocket not much deeper than wide
    /// is a relief of a corner, as for a bend or a round cutter, and does not melt shut. Around a pocket with straight sides this length is
    /// twice the depth if it is measured from the mouth, and the depth if it is measured from the middle of the sides.
    private static let deepestRelief = 4.0

    /// Whether the contour between the two sides of a slot is so short that the slot is a relief.
    private func isRelief(_ pair: NarrowPair, _ p: Point, _ q: Point) -> Bool {
        let contour = pair.one, most = Self.deepestRelief * (q - p).length
        return contour.isReached(q, on: pair.other, from: p, on: pair.span, within: most)
            || contour.isReached(p, on: pair.span, from: q, on: pair.other, within: most)
    }
}
