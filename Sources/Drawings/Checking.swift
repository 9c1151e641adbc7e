extension Drawing {
    /// The faults of a measured drawing: errors first, then warnings and notes, each kind in the order of the file.
    package func check(_ measurement: Measurement, _ limits: Check.Limits = Check.Limits()) -> [Defect] {
        var checking = Checking(measurement, limits)
        checking.run()
        return Defect.Severity.allCases.flatMap { severity in checking.defects.filter { $0.severity == severity } }
    }
}

/// Goes through the faults one kind after the other.
struct Checking {
    private(set) var defects: [Defect] = []
    private let measured: Measurement
    private let limits: Check.Limits

    init(_ measured: Measurement, _ limits: Check.Limits) {
        (self.measured, self.limits) = (measured, limits)
    }

    mutating func run() {
        for note in measured.notes where note.isDamage { add(.error, .damaged, nil, nil, note.message) }
        guard measured.contourCount > 0 else {
            let isHidden = measured.hiddenLengthMM > 0 && !measured.includesHidden
            add(.error, .noGeometry, nil, nil, "there is nothing to cut" + (isHidden ? " that is not hidden" : ""))
            return whole()
        }
        openContours()
        crossings()
        repeats()
        holes()
        bed()
        units()
        whole()
    }

    private mutating func add(
        _ severity: Defect.Severity, _ kind: Defect.Kind, _ place: Point?, _ size: Double?, gap: Double? = nil, _ consequence: String
    ) {
        defects.append(Defect(severity: severity, kind: kind, place: place, sizeMM: size, gapMM: gap, consequence: consequence))
    }

    /// Each open contour at the end that is nearest to another open end.
    private mutating func openContours() {
        let gaps = Dictionary(measured.places.openEnds.map { (Key($0.place), $0.gap) }) { first, _ in first }
        let loops = measured.contours.loops
        for place in loops.indices.lazy.filter({ !loops[$0].chain.isClosed }).prefix(Measurement.Places.most) {
            let contour = measured.contours[place]
            let (start, end) = measured.ends(of: place)
            let own = (end - start).length
            let nearest = [start, end].map { ($0, gaps[Key($0)] ?? nil) }.min { $0.1 ?? .infinity < $1.1 ?? .infinity }
            let (nearer, gap) = (nearest?.0 ?? start, nearest?.1 ?? own)
            let length = shown(contour.lengthMM)
            let way = gap <= 1 ? "a gap of \(shown(gap)) mm would have to be closed" : "its ends are \(shown(own)) mm apart"
            add(.error, .openContour, nearer, contour.lengthMM, gap: gap, "a contour of \(length) mm is open and cuts no part out: \(way)")
        }
    }

    private struct Key: Hashable {
        let x, y: UInt64
        init(_ p: Point) { (x, y) = (p.x.bitPattern, p.y.bitPattern) }
    }

    private mutating func crossings() {
        for place in measured.places.crossings { add(.error, .crossing, place, nil, "two contours cross: the cut runs through a part") }
        for (contour, place) in measured.contours.selfCrossings.sorted(by: { $0.key < $1.key }) {
            add(
                .error, .selfCrossing, place * measured.mmPerUnit, measured.contours[contour].lengthMM,
                "a contour crosses itself: what is inside is not defined")
        }
        for junction in measured.places.junctions {
            let meeting = "\(junction.degree) lines meet in one point"
            add(.warning, .junction, junction.place, nil, "\(meeting): which way the contour goes is not defined")
        }
    }

    private mutating func repeats() {
        for twin in measured.places.duplicates {
            add(.warning, .duplicate, twin.place, twin.length, "\(shown(twin.length)) mm is drawn twice and would be cut twice")
        }
        for overlap in measured.places.overlaps where !measured.places.duplicates.contains(where: { $0.place == overlap.place }) {
            let length = shown(overlap.length)
            add(.warning, .overlap, overlap.place, overlap.length, "\(length) mm lies on an earlier line and would be cut twice")
        }
        for speck in measured.places.tiny {
            add(.warning, .tiny, speck.place, speck.length, "a piece of \(shown(speck.length)) mm is too short to be cut and is left out")
        }
    }

    /// Holes that the beam cannot make: a common limit is the thickness of the sheet.
    private mutating func holes() {
        guard let thickness = limits.thicknessMM else { return }
        for contour in measured.contours where contour.isClosed && contour.depth % 2 == 1 {
            let size = contour.circleDiameterMM ?? min(contour.box.width, contour.box.height)
            guard size < thickness * (1 - 1e-9) else { continue }
            let center = (contour.box.min + contour.box.max) * 0.5
            add(
                .warning, .smallHole, center, size,
                "a hole of \(shown(size)) mm is smaller than the sheet is thick (\(shown(thickness)) mm): it burns out or does not fall")
        }
    }

    private mutating func bed() {
        guard let width = limits.bedWidthMM, let height = limits.bedHeightMM else { return }
        let (long, short) = (max(measured.box.width, measured.box.height), min(measured.box.width, measured.box.height))
        guard long > max(width, height) || short > min(width, height) else { return }
        add(
            .error, .tooLarge, nil, long,
            "\(shown(measured.box.width)) x \(shown(measured.box.height)) mm does not fit the bed of \(shown(width)) x \(shown(height)) mm")
    }

    /// Larger than any sheet, or smaller than a pinhead: numbers of one unit under the name of another.
    private mutating func units() {
        let size = max(measured.box.width, measured.box.height)
        if size > 12_000, measured.mmPerUnit > 1 {
            add(.warning, .unitSuspect, nil, size, "\(shown(size)) mm is larger than any sheet: the numbers look like millimetres")
        } else if size > 12_000 {
            add(.warning, .unitSuspect, nil, size, "\(shown(size)) mm is larger than any sheet: the unit of the drawing is in doubt")
        } else if size < 1 {
            add(.warning, .unitSuspect, nil, size, "\(shown(size)) mm is smaller than a pinhead: the numbers look like metres or inches")
        }
    }

    private mutating func whole() {
        let parts = measured.contours.count { $0.isClosed && $0.depth == 0 && $0.areaMM2 > 0 }
        if parts > 1 { add(.note, .severalParts, nil, nil, "\(parts) separate outlines stand in one drawing: is it one part?") }
        let hidden = measured.hiddenLengthMM
        if hidden > 0, !measured.includesHidden {
            add(.note, .hiddenGeometry, nil, hidden, "\(shown(hidden)) mm on hidden layers is not counted")
        }
        let texts = (measured.skipped["TEXT"] ?? 0) + (measured.skipped["MTEXT"] ?? 0)
        if texts > 0 { add(.note, .textNotOutlined, nil, nil, "\(texts) texts are not outlines and are not cut") }
        for (type, count) in measured.skipped.sorted(by: { $0.key < $1.key }) where type != "TEXT" && type != "MTEXT" {
            add(.note, .skippedEntities, nil, nil, "\(count) \(type) are not cut")
        }
    }
}

extension Measurement {
    /// Where an open contour begins and ends, in millimetres.
    func ends(of place: Int) -> (Point, Point) {
        let walked = members[contours.loops[place].chain.range]
        guard let first = walked.first, let last = walked.last else { return (.zero, .zero) }
        let (head, tail) = (geometry.edges[Chaining.edge(first)], geometry.edges[Chaining.edge(last)])
        let start = first >= 0 ? geometry.start(head) : geometry.end(head)
        let end = last >= 0 ? geometry.end(tail) : geometry.start(tail)
        return (start * mmPerUnit, end * mmPerUnit)
    }
}
