import Values

/// The machine time of a part, by terms with their basis. Lengths are in millimetres, times in seconds.
package struct CutTime: Sendable {
    /// The parameters of the machine and the material that the time depends on.
    package struct Rates: Sendable {
        /// The feed for the material and thickness, in mm/min.
        package var feed: Double
        /// The time of one pierce.
        package var pierce: Double
        package var thickness: Double
        /// The feed of engraved and marked lines, in mm/min.
        package var engraveFeed = 6000.0
        /// The feed of small holes as a share of the normal feed.
        package var smallHoleFeed = 0.5
        /// The maximum size of a small hole, if it is larger than `smallHoleRatio` times the thickness.
        package var smallHole = 6.0
        package var smallHoleRatio = 1.5
        /// The length of the lead-in of a closed contour; at least the thickness.
        package var leadIn = 2.0
        package var motion = MachineMotion()

        package init(feed: Double, pierce: Double, thickness: Double) {
            (self.feed, self.pierce, self.thickness) = (feed, pierce, thickness)
        }

        var smallUpTo: Double { max(smallHole, smallHoleRatio * thickness) }
        var lead: Double { max(leadIn, thickness) }
    }

    package struct Term: Sendable {
        package let name: String
        /// The calculation of the seconds: `10 x 1.5 s`.
        package let basis: String
        package let seconds: Double
    }

    package private(set) var terms: [Term] = []
    package var seconds: Double { terms.reduce(0) { $0 + $1.seconds } }

    /// The contours with the same feed.
    private enum Class: CaseIterable { case normal, smallHole, engraved }

    private struct Tally {
        var count = 0, closed = 0
        var length = 0.0, moving = 0.0
    }

    private let rates: Rates
    private var tallies: [Class: Tally] = [:]
    private var stops: [Tour.Stop] = []

    /// The time of a measurement of cut contours, and of measurements of engraved ones.
    package init(_ cut: Measurement, engraved: [Measurement] = [], _ rates: Rates) {
        self.rates = rates
        var box = Box()
        for (measured, isCut) in [(cut, true)] + engraved.map({ ($0, false) }) {
            if !measured.box.isEmpty { box.include(measured.box) }
            add(measured, isCut: isCut)
        }
        let tour = Tour(stops, from: box.isEmpty ? .zero : box.min)
        addCutting()
        addPiercing()
        addTravel(tour.hops)
    }

    private mutating func add(_ measured: Measurement, isCut: Bool) {
        let first = stops.count
        for (place, contour) in measured.contours.enumerated() {
            let kind: Class = isCut ? Self.kind(contour, rates) : .engraved
            var tally = tallies[kind] ?? Tally()
            tally.count += 1
            tally.closed += contour.isClosed ? 1 : 0
            tally.length += contour.lengthMM
            tally.moving += measured.motion(of: place).time(feed: feed(kind) / 60, rates.motion)
            tallies[kind] = tally
            stops.append(measured.stop(place))
            stops[first + place].parent = contour.parent.map { first + $0 }
        }
    }

    private static func kind(_ contour: Contour, _ rates: Rates) -> Class {
        let size = contour.circleDiameterMM ?? max(contour.box.width, contour.box.height)
        return contour.isClosed && contour.depth % 2 == 1 && size <= rates.smallUpTo ? .smallHole : .normal
    }

    /// Returns the feed in mm/min.
    private func feed(_ kind: Class) -> Double {
        switch kind {
        case .normal: rates.feed
        case .smallHole: rates.feed * rates.smallHoleFeed
        case .engraved: rates.engraveFeed
        }
    }

    private mutating func add(_ name: String, _ basis: String, _ seconds: Double) {
        terms.append(Term(name: name, basis: basis, seconds: seconds))
    }

    /// Adds the lengths at their feeds, and the additional time for acceleration, corners and curves.
    private mutating func addCutting() {
        var slow = 0.0
        for kind in Class.allCases {
            guard let tally = tallies[kind] else { continue }
            let nominal = tally.length / (feed(kind) / 60)
            slow += max(tally.moving - nominal, 0)
            let way = "\(shown(tally.length)) mm at \(shown(feed(kind))) mm/min"
            switch kind {
            case .normal: add("cutting", way, nominal)
            case .smallHole: add("small holes", "\(tally.count) up to \(shown(rates.smallUpTo)) mm: \(way)", nominal)
            case .engraved: add("engraving", way, nominal)
            }
        }
        let motion = rates.motion
        let basis = "\(shown(motion.acceleration / 1000)) m/s2, \(shown(motion.deviation)) mm off at corners"
        if !terms.isEmpty { add("corners and curves", basis, slow) }
    }

    private mutating func addPiercing() {
        let cut = [Class.normal, .smallHole].compactMap { kind in tallies[kind].map { (kind, $0) } }
        let (pierces, closed) = (cut.reduce(0) { $0 + $1.1.count }, cut.reduce(0) { $0 + $1.1.closed })
        if pierces > 0 { add("pierces", "\(pierces) x \(shown(rates.pierce)) s", Double(pierces) * rates.pierce) }
        let leads = cut.reduce(0) { $0 + Double($1.1.closed) * rates.lead / (feed($1.0) / 60) }
        if closed > 0 { add("lead-ins", "\(closed) x \(shown(rates.lead)) mm", leads) }
    }

    private mutating func addTravel(_ hops: [Double]) {
        guard !hops.isEmpty else { return }
        let motion = rates.motion
        let seconds = hops.reduce(0) { $0 + motion.time($1, at: motion.rapid) }
        add("travel", "\(hops.count) hops, \(shown(hops.reduce(0, +))) mm at \(shown(motion.rapid * 60)) mm/min", seconds)
        add("head", "\(hops.count) x \(shown(motion.head)) s", Double(hops.count) * motion.head)
    }
}

extension Measurement {
    /// Returns the places where a contour can be started, in millimetres: of a closed contour its corners, or a selection of them.
    fileprivate func stop(_ place: Int) -> Tour.Stop {
        guard contours.loops[place].chain.isClosed else {
            let (start, end) = ends(of: place)
            return Tour.Stop(starts: [start], end: end)
        }
        if let diameter = contours[place].circleDiameterMM {
            let (centre, radius) = (contours[place].box.center, diameter / 2)
            let ways = [Point(1, 0), Point(0, 1), Point(-1, 0), Point(0, -1)]
            return Tour.Stop(starts: ways.map { centre + $0 * radius })
        }
        var corners: [Point] = []
        path(of: place).walk { segment, isBackwards in
            corners.append((isBackwards ? segment.b : segment.a) * mmPerUnit)
        }
        let step = max(1, corners.count / 16)
        return Tour.Stop(starts: stride(from: 0, to: corners.count, by: step).map { corners[$0] })
    }
}
