import Values

extension Drawing {
    /// Returns the defects of a measured drawing: errors first, then warnings and notes, each kind in the order of the file.
    package func check(_ measurement: Measurement, _ limits: Check.Limits = Check.Limits()) -> [Defect] {
        var checking = Checking(measurement, limits, size: size)
        checking.run()
        return Defect.Severity.allCases.flatMap { severity in checking.defects.filter { $0.severity == severity } }
    }
}

extension Drawing {
    /// Returns only the defects of the drawing's size: larger than the bed, or in another unit. It takes no noticeable time.
    package func checkSize(_ measurement: Measurement, _ limits: Check.Limits) -> [Defect] {
        var checking = Checking(measurement, limits, size: size)
        checking.runSize()
        return checking.defects
    }
}

/// Examines one kind of defect after the other.
struct Checking {
    private(set) var defects: [Defect] = []
    /// The number of defects of each kind, including those that are not listed.
    private var totals: [Defect.Kind: Int] = [:]
    let measured: Measurement
    let limits: Check.Limits
    /// The size of the drawing in bytes.
    let size: Int
    private(set) var marks = CentreMarks()

    init(_ measured: Measurement, _ limits: Check.Limits, size: Int) {
        (self.measured, self.limits, self.size) = (measured, limits, size)
    }

    mutating func run() {
        for note in measured.notes where note.isDamage { add(.error, .damaged, note.place, nil, note.message) }
        for note in measured.notes where note.isDoubtful {
            add(.warning, note.kind == .externalReference ? .externalReference : .assumed, nil, nil, note.message)
        }
        guard measured.contourCount > 0 else {
            add(.error, .noGeometry, nil, nil, "there is nothing to cut" + whyNothing)
            return whole()
        }
        // On a sheet without isolation every dimension line would be a defect.
        guard sheet(), isFlat() else { return whole() }
        let open = OpenFindings(measured, most: mostPieces)
        marks = CentreMarks(measured)
        centreMarks()
        openContours(open)
        crossings(open)
        repeats()
        shapes()
        unlisted()
        runSize()
        whole()
    }

    mutating func runSize() {
        let strays = Strays(measured.contours.loops.map { $0.box.scaled(measured.mmPerUnit) })
        bed()
        self.strays(strays)
        units(strays)
    }

    private var whyNothing: String {
        if measured.hiddenLengthMM > 0 && !measured.includesHidden { return " that is not hidden" }
        return measured.passed.isEmpty ? "" : ": everything is to be marked, engraved, bent or ignored"
    }

    mutating func add(
        _ severity: Defect.Severity, _ kind: Defect.Kind, _ place: Point?, _ size: Double?, gap: Double? = nil, seconds: Double? = nil,
        _ consequence: String
    ) {
        totals[kind, default: 0] += 1
        guard totals[kind, default: 0] <= Measurement.Places.most else { return }
        defects.append(
            Defect(severity: severity, kind: kind, place: place, sizeMM: size, gapMM: gap, seconds: seconds, consequence: consequence))
    }

    /// Counts defects whose places were not stored.
    mutating func note(more: Int, of kind: Defect.Kind) { totals[kind, default: 0] += more }

    /// The maximum number of lines, arcs, pieces of splines and chords of a search, which take a hundred bytes each. A small file can draw
    /// many through its blocks; the limit grows with the size of the file and with the number of segments.
    private var mostPieces: Int { Budget.pieces(bytes: size, segments: measured.geometry.segments.count) }

    /// Reports that a search stopped early at places in drawing units: geometry beyond them was not examined.
    /// - Parameter nothing: whether nothing was examined.
    mutating func notChecked(_ ends: [Point], nothing: Bool = false, _ consequence: String) {
        if nothing { add(.note, .notChecked, nil, nil, consequence) }
        for end in ends { add(.note, .notChecked, end * measured.mmPerUnit, nil, consequence) }
    }

    /// Reports a drawing sheet. Returns whether the measured geometry is a part.
    private mutating func sheet() -> Bool {
        guard let sheet = measured.sheet else { return true }
        if sheet.isIsolated {
            let size = "\(shown(measured.box.width)) x \(shown(measured.box.height)) mm"
            let views = sheet.views > 1 ? "the largest of \(sheet.views) views" : "its only view"
            add(
                .note, .drawingSheet, measured.box.center, nil,
                "the drawing is a drawing sheet (\(sheet.reason)): the part of \(size) is that of \(views)")
            return true
        }
        add(
            .error, .drawingSheet, nil, nil,
            "the drawing is a drawing sheet (\(sheet.reason)): it is made to be read, and frame and dimensions would be cut as well")
        return false
    }

    /// Whether lines meet at a place, in millimetres, only because they mark the centre of a circle.
    func isMark(_ place: Point) -> Bool { !marks.circleOf.isEmpty && marks.explain(place * (1 / measured.mmPerUnit)) }

    private mutating func crossings(_ open: OpenFindings) {
        for place in measured.places.crossings where !isMark(place) {
            add(.error, .crossing, place, nil, "two contours cross: the cut runs through a part")
        }
        for (contour, place) in measured.contours.selfCrossings.sorted(by: { $0.key < $1.key }) {
            selfCrossing(contour, place * measured.mmPerUnit, "a contour crosses itself: what is inside is not defined")
        }
        openCrossings(open)
        for junction in measured.places.junctions where !isMark(junction.place) {
            let meeting = "\(junction.degree) lines meet in one point"
            add(.warning, .junction, junction.place, nil, "\(meeting): which way the contour goes is not defined")
        }
    }

    /// Reports an error, unless the contour only makes loops that burn away with the cut.
    mutating func selfCrossing(_ contour: Int, _ place: Point, _ consequence: String) {
        let length = measured.contours[contour].lengthMM
        guard measured.hasOnlySmallLoops(contour) else { return add(.error, .selfCrossing, place, length, consequence) }
        add(
            .note, .selfCrossing, place, length,
            "a contour makes loops smaller than the cut (\(shown(Check.kerf)) mm): they burn away with it")
    }

    private mutating func repeats() {
        for twin in measured.places.duplicates {
            let (seconds, words) = cost(twin.length)
            add(
                .warning, .duplicate, twin.place, twin.length, seconds: seconds,
                (twin.isContour ? "a contour of \(shown(twin.length)) mm lies on another" : "\(shown(twin.length)) mm is drawn twice")
                    + " and would be cut twice\(words)")
        }
        lineOverlaps()
        curveOverlaps()
        for speck in measured.places.tiny {
            add(.warning, .tiny, speck.place, speck.length, "a piece of \(shown(speck.length)) mm is too short to be cut and is left out")
        }
    }

    /// Reports overlaps of lines. The measurement contains them only for drawings of up to 150,000 segments.
    private mutating func lineOverlaps() {
        var (found, end) = (measured.places.overlaps, measured.places.overlapEnd)
        if measured.overlapSegments == nil, end == nil {
            let overlaps = Overlaps(measured.geometry, tolerance: measured.toleranceMM / measured.mmPerUnit), scale = measured.mmPerUnit
            let isDrawn = measured.drawnSegments
            found = overlaps.places.filter { isDrawn[$0.segment] }.map { ($0.place * scale, $0.length * scale) }
            end = overlaps.end.map { $0 * scale }
        }
        for overlap in found where !measured.places.duplicates.contains(where: { $0.place == overlap.place }) {
            let (seconds, words) = cost(overlap.length)
            add(
                .warning, .overlap, overlap.place, overlap.length, seconds: seconds,
                "\(shown(overlap.length)) mm lies on an earlier line and would be cut twice\(words)")
        }
        if let end {
            notChecked([end * (1 / measured.mmPerUnit)], "the lines are too many and too close: not all that lie on each other are told")
        }
    }

    private mutating func curveOverlaps() {
        let overlaps = CurveOverlaps(measured, most: mostPieces)
        for overlap in overlaps.places {
            let length = overlap.length * measured.mmPerUnit, (seconds, words) = cost(length)
            add(
                .warning, .overlap, overlap.place * measured.mmPerUnit, length, seconds: seconds,
                "\(shown(length)) mm lies on another curve and would be cut twice\(words)")
        }
        notChecked(
            overlaps.ends, nothing: overlaps.areTooMany,
            "the curves are too many and too close: not all that lie on each other are told")
    }

    /// Reports the number of defects that are not listed, because there are thousands. The places of some were not stored either.
    private mutating func unlisted() {
        let places = measured.places
        let kept: [(Defect.Kind, all: Int, kept: Int)] = [
            (.crossing, measured.crossingPairs, places.crossings.count), (.junction, measured.junctions, places.junctions.count),
            (.duplicate, places.repeats, places.duplicates.count),
            (.overlap, measured.overlapSegments ?? 0, places.overlaps.count), (.tiny, measured.tiny, places.tiny.count),
        ]
        for (kind, all, kept) in kept where kept >= Measurement.Places.most { totals[kind, default: 0] += all - kept }
        for kind in Defect.Kind.allCases {
            guard let total = totals[kind], total > Measurement.Places.most else { continue }
            let more = "\(total - Measurement.Places.most) more of kind '\(kind.rawValue)'"
            add(.note, .notListed, nil, nil, "\(more) are not listed: there are \(total)")
        }
    }

    /// Returns the time for cutting a length, and its text.
    private func cost(_ lengthMM: Double) -> (Double?, String) {
        guard let feed = limits.feed, feed > 0 else { return (nil, "") }
        let seconds = lengthMM / feed * 60
        return (seconds, ", which costs \(shown(seconds)) s")
    }

    private mutating func bed() {
        guard let width = limits.bedWidthMM, let height = limits.bedHeightMM else { return }
        let (long, short) = (max(measured.box.width, measured.box.height), min(measured.box.width, measured.box.height))
        guard long > max(width, height) || short > min(width, height) else { return }
        add(
            .error, .tooLarge, nil, long,
            "\(shown(measured.box.width)) x \(shown(measured.box.height)) mm does not fit the bed of \(shown(width)) x \(shown(height)) mm")
    }

    private mutating func whole() {
        let parts = measured.contours.count { $0.isClosed && $0.depth == 0 && $0.areaMM2 > 0 }
        if parts > 1 { add(.note, .severalParts, nil, nil, "\(parts) separate outlines stand in one drawing: is it one part?") }
        for passed in measured.passed {
            add(
                .note, .notCut, nil, passed.lengthMM,
                "\(shown(passed.lengthMM)) mm is not cut: \(passed.process) by its layer, line type or colour")
        }
        let hidden = measured.hiddenLengthMM
        if hidden > 0, !measured.includesHidden {
            add(.note, .hiddenGeometry, nil, hidden, "\(shown(hidden)) mm on hidden layers is not counted")
        }
        let texts = (measured.skipped["TEXT"] ?? 0) + (measured.skipped["MTEXT"] ?? 0)
        if texts > 0 {
            add(
                .note, .textNotOutlined, nil, nil,
                texts == 1 ? "a text is no outline and is not cut" : "\(texts) texts are no outlines and are not cut")
        }
        for (type, count) in measured.skipped.sorted(by: { $0.key < $1.key }) where type != "TEXT" && type != "MTEXT" {
            add(.note, .skippedEntities, nil, nil, "\(count) \(type) \(worded(count, "is", "are")) not cut")
        }
    }
}
