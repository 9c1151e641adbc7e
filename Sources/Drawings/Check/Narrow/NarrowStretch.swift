/// Searches a stretch of neighbouring contours for narrow places, of each contour with itself and with those after it in the tree of boxes.
struct NarrowStretch {
    private(set) var findings: NarrowFindings
    private let contours: NarrowContours
    private let setting: NarrowSetting
    private var budget = Budget(for: 0)
    /// A cache of contours, because neighbours are compared one after the other.
    private var known: [Int: NarrowContour] = [:]
    private var knownSpans = 0
    private static let mostKnown = 200_000

    init(_ contours: NarrowContours, _ findings: NarrowFindings) {
        (self.contours, self.findings, setting) = (contours, findings, contours.setting)
    }

    mutating func look(_ place: Int) {
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
            lookAtItself(one)
            for other in near { look(one, other) }
            if let end = budget.end { return findings.giveUp(at: end) }
        }
    }

    private func number(_ leaf: Int) -> Int { Int(contours.numbers[Int(contours.index.items[leaf])]) }

    private mutating func contour(_ number: Int) -> NarrowContour {
        if let contour = known[number] { return contour }
        if knownSpans > Self.mostKnown { (known, knownSpans) = ([:], 0) }
        let contour = NarrowContour(contours.measured, number)
        known[number] = contour
        knownSpans += contour.spans.count
        return contour
    }

    private mutating func lookAtItself(_ number: Int) {
        let loop = contours.loop(number)
        guard !loop.isCircle else { return lookAcross(loop, number) }
        let contour = contour(number), spans = contour.spans
        var pairs: [(Int, Int)] = []
        for one in spans.indices {
            var steps = 0
            contour.visit(spans[one].box.widened(setting.widest)) { two in
                steps += 1
                if two >= one, contour.mayFace(one, two) { pairs.append((one, two)) }
            }
            guard budget.take(steps, at: spans[one].a) else { break }
        }
        for (one, two) in pairs { compare(contour, one, contour, two, setting.widest) }
    }

    /// Compares a circle with itself. Its width is the diameter. A round hole is not a narrow slot.
    private mutating func lookAcross(_ loop: Loop, _ number: Int) {
        guard loop.diameter < setting.web, loop.diameter > setting.touch, loop.depth % 2 == 0 else { return }
        findings.add(.init(number, number), NarrowPlace(place: loop.box.center, width: loop.diameter, isWeb: true))
    }

    private mutating func look(_ one: Int, _ two: Int) {
        // Outside the deeper of two contours the number of surrounding contours is its depth. There is no material between parts beside
        // each other.
        let depth = max(contours.loop(one).depth, contours.loop(two).depth), limit = setting.limit(isWeb: depth % 2 == 1)
        guard depth > 0 else { return }
        if contours.loop(one).isCircle, contours.loop(two).isCircle { return lookAtCircles(one, two, limit) }
        let (a, b) = (contours.loop(one).box, contours.loop(two).box)
        let (large, small) = a.width + a.height >= b.width + b.height ? (one, two) : (two, one)
        let outer = contour(large), box = contours.loop(small).box.widened(limit)
        var near: [Int] = []
        outer.visit(box) { near.append($0) }
        budget.take(near.count, at: box.center)
        guard !near.isEmpty else { return }
        let inner = contour(small)
        for span in near where !budget.isSpent {
            var others: [Int] = []
            inner.visit(outer.spans[span].box.widened(limit)) { others.append($0) }
            // In the order of the file, so that the result does not depend on which of them is larger.
            for other in others {
                if large < small { compare(outer, span, inner, other, limit) } else { compare(inner, other, outer, span, limit) }
            }
        }
    }

    /// Compares two circles. Their narrowest place is on the line through their centres; that of concentric circles is reported at the
    /// bottom.
    private mutating func lookAtCircles(_ one: Int, _ two: Int, _ limit: Double) {
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
    /// Two chords, each of a span of a contour.
    private struct Facing {
        let one, two: NarrowContour
        let span, other: Int
        var a = 0, b = 0

        var isOne: Bool { one === two }
        var depth: Int { max(one.depth, two.depth) }
        var pair: NarrowFindings.Pair { .init(one.place, two.place) }
        /// Whether both spans end in the same place. There, iterated feet could slide into the tip between them.
        var areNeighbours: Bool {
            let (span, other) = (one.spans[span], two.spans[other])
            return isOne && [span.a, span.b].contains { $0 == other.a || $0 == other.b }
        }
        var areLines: Bool { one.spans[span].isLine && two.spans[other].isLine }
    }

    private mutating func compare(_ one: NarrowContour, _ span: Int, _ two: NarrowContour, _ other: Int, _ limit: Double) {
        one.flatten(error: setting.chordError, touch: setting.touch)
        two.flatten(error: setting.chordError, touch: setting.touch)
        var facing = Facing(one: one, two: two, span: span, other: other)
        let reach = facing.areLines ? limit : limit + 2 * setting.chordError
        let others = two.chords(of: other)
        guard budget.take(one.chords(of: span).count * others.count, at: one.spans[span].a) else { return }
        for a in one.chords(of: span) {
            let box = Box(one.points[a], one.points[one.next(a)]).widened(reach)
            for b in others where box.meets(Box(two.points[b], two.points[two.next(b)])) && (one !== two || b != a) {
                (facing.a, facing.b) = (a, b)
                compare(facing, reach)
            }
        }
    }

    private mutating func compare(_ facing: Facing, _ reach: Double) {
        let (one, two, a, b) = (facing.one, facing.two, facing.a, facing.b)
        let (endA, endB) = (one.next(a), two.next(b))
        if facing.isOne, endA == b || endB == a { return }
        let (start, end, from, to) = (one.points[a], one.points[endA], two.points[b], two.points[endB])
        var (p, q) = ChordDistance.nearest(start, end, from, to)
        guard (q - p).length < reach else { return }
        let meeting = Crossing.proper(start, end, from, to)
        if facing.areLines, meeting != nil || (q - p).length <= setting.touch {
            guard !facing.isOne else { return }
            return touch(facing.pair, p, meeting == nil ? (q - p).length : 0, facing.depth)
        }
        if meeting != nil || (q - p).length <= setting.touch {
            // Chords can meet although their curves do not.
            (p, q) = refined(facing, meeting ?? p, rounds: 16)
            if (q - p).length <= setting.touch {
                return facing.isOne ? () : touch(facing.pair, p, (q - p).length, facing.depth)
            }
        } else if !isLeast(facing, p, q) {
            return
        }
        tell(facing, p, q)
    }

    /// Whether the distance of two chords has a local minimum at two places, along both contours.
    private func isLeast(_ facing: Facing, _ p: Point, _ q: Point) -> Bool {
        let (one, two) = (facing.one, facing.two), way = q - p, width = way.length
        // A chord in the direction of the connection only ends there. The distance is reported for the chord across its end.
        for chord in [one.points[one.next(facing.a)] - one.points[facing.a], two.points[two.next(facing.b)] - two.points[facing.b]]
        where abs(chord.cross(way)) <= 1e-3 * chord.length * width {
            return false
        }
        return one.isLeast(p, way, facing.a) && two.isLeast(q, way * -1, facing.b)
    }

    private mutating func tell(_ facing: Facing, _ p: Point, _ q: Point) {
        let (one, two, way) = (facing.one, facing.two, q - p)
        var around = facing.depth
        if facing.isOne {
            let side = (one.points[one.next(facing.a)] - one.points[facing.a]).cross(way)
            let other = (two.points[two.next(facing.b)] - two.points[facing.b]).cross(way * -1)
            let leads = abs(side) >= abs(other) ? side : other
            if (leads > 0) == one.isCounterClockwise { around += 1 }
            if around % 2 == 0, isRelief(facing, p, q) { return }
        }
        let isWeb = around % 2 == 1, near = NarrowPlace(place: (p + q) * 0.5, width: way.length, isWeb: isWeb)
        guard !facing.areLines else { return findings.add(facing.pair, near) }
        // A lower bound for the distance of the curves: each chord deviates by at most `chordError`.
        guard way.length - 2 * setting.chordError <= findings.width(facing.pair, near) else { return }
        let (exactP, exactQ) = refined(facing, p, rounds: facing.areNeighbours ? 2 : 16), width = (exactQ - exactP).length
        if width > setting.touch {
            findings.add(facing.pair, NarrowPlace(place: (exactP + exactQ) * 0.5, width: width, isWeb: isWeb))
        } else if facing.isOne {
            findings.add(facing.pair, near)
        } else {
            touch(facing.pair, exactP, width, facing.depth)
        }
    }

    /// Returns places on the exact curves, by alternately projecting onto each of them.
    private func refined(_ facing: Facing, _ place: Point, rounds: Int) -> (Point, Point) {
        var p = facing.one.foot(of: place, on: facing.span), q = facing.two.foot(of: p, on: facing.other)
        for _ in 1..<rounds {
            let next = facing.one.foot(of: q, on: facing.span)
            guard next != p else { break }
            p = next
            q = facing.two.foot(of: p, on: facing.other)
        }
        return (p, q)
    }

    /// The maximum length of the way around a pocket, in widths, for it to be a relief. A pocket not much deeper than wide is a relief of a
    /// corner, as for a bend or a round cutter, and does not melt shut. The way around a pocket with straight sides is twice its depth from
    /// its mouth, and once from the middle of its sides.
    private static let deepestRelief = 4.0

    /// Whether the way from one side to the other along the contour is short.
    private func isRelief(_ facing: Facing, _ p: Point, _ q: Point) -> Bool {
        let contour = facing.one, most = Self.deepestRelief * (q - p).length
        return contour.isReached(q, on: facing.b, from: p, on: facing.a, within: most)
            || contour.isReached(p, on: facing.a, from: q, on: facing.b, within: most)
    }
}
