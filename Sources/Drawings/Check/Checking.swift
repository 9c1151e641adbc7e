import Values

extension Drawing {
    /// Returns the defects of a measured drawing: errors first, then warnings and notes, each kind in the order of the file.
    /// - Parameter most: the maximum number of listed defects of each kind. One more defect states how many are not listed.
    package func check(
        _ measurement: Measurement, _ limits: Check.Limits = Check.Limits(), most: Int = Check.mostListed
    ) -> [Defect] {
        let checking = Checking(measurement, limits, size: size, most: most)
        checking.run()
        return Defect.Severity.allCases.flatMap { severity in checking.defects.filter { $0.severity == severity } }
    }
}

extension Drawing {
    /// Returns only the defects of the drawing's size: larger than the bed, or in another unit. It takes no noticeable time.
    package func checkSize(_ measurement: Measurement, _ limits: Check.Limits) -> [Defect] {
        let checking = Checking(measurement, limits, size: size)
        checking.runSize()
        return checking.defects
    }
}

/// Collects the defects of a drawing, one kind after the other.
///
/// A class, so that the arguments of `add`, which are evaluated inside the call, can read its other members.
final class Checking {
    private(set) var defects: [Defect] = []
    /// The number of defects of each kind, including those that are not listed.
    private var totals: [Defect.Kind: Int] = [:]
    let measured: Measurement
    let limits: Check.Limits
    /// The size of the drawing in bytes.
    let size: Int
    private(set) var marks = CentreMarks()
    private(set) lazy var contents = PartContents(measured)
    private let most: Int

    init(_ measured: Measurement, _ limits: Check.Limits, size: Int, most: Int = Check.mostListed) {
        (self.measured, self.limits, self.size, self.most) = (measured, limits, size, most)
    }

    func run() {
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
        let place = defects.count
        runSize()
        whole()
        unlisted(at: place)
    }

    func runSize() {
        let strays = Strays(measured.contours.loops.map { $0.box.scaled(measured.mmPerUnit) })
        bed()
        self.strays(strays)
        units(strays)
    }

    private var whyNothing: String {
        if measured.hiddenLengthMM > 0 && !measured.includesHidden { return " that is not hidden" }
        return measured.passed.isEmpty ? "" : ": everything is to be marked, engraved, bent or ignored"
    }

    /// - Parameter edges: the edges of the defect. Like the message, they are computed only if the defect is listed.
    func add(
        _ severity: Defect.Severity, _ kind: Defect.Kind, _ place: Point?, _ size: Double?, gap: Double? = nil, seconds: Double? = nil,
        edges: @autoclosure () -> [Int32] = [], _ consequence: @autoclosure () -> String
    ) {
        totals[kind, default: 0] += 1
        guard totals[kind, default: 0] <= most else { return }
        defects.append(
            Defect(
                severity: severity, kind: kind, place: place, sizeMM: size, gapMM: gap, seconds: seconds, consequence: consequence(),
                edges: edges()))
    }

    /// Returns the findings that will be listed if all of them are added as defects of a kind.
    func listed<Finding>(_ findings: [Finding], of kind: Defect.Kind) -> ArraySlice<Finding> {
        findings.prefix(max(0, most - totals[kind, default: 0]))
    }

    /// The maximum number of lines, arcs, pieces of splines and chords of a search, which take a hundred bytes each. A small file can draw
    /// many through its blocks; the limit grows with the size of the file and with the number of segments.
    var mostPieces: Int { Budget.pieces(bytes: size, segments: measured.geometry.segments.count) }

    /// Reports that a search stopped early at places in drawing units: geometry beyond them was not examined.
    /// - Parameter nothing: whether nothing was examined.
    func notChecked(_ ends: [Point], nothing: Bool = false, _ consequence: String) {
        if nothing { add(.note, .notChecked, nil, nil, consequence) }
        for end in ends { add(.note, .notChecked, end * measured.mmPerUnit, nil, consequence) }
    }

    /// Reports a drawing sheet. Returns whether the measured geometry is a part.
    private func sheet() -> Bool {
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

    private func crossings(_ open: OpenFindings) {
        let crossings = measured.contours.crossings.filter { !isMark($0.place * measured.mmPerUnit) }
        add(crossings, "two contours cross: the cut runs through a part")
        let tangled = measured.contours.selfCrossings.sorted { $0.key < $1.key }.map { (contour: $0.key, place: $0.value) }
        selfCrossings(tangled, "a contour crosses itself: what is inside is not defined")
        openCrossings(open)
        for junction in measured.defectPlaces.junctions where !isMark(junction.place) {
            add(
                .warning, .junction, junction.place, nil, edges: junction.edges,
                "\(junction.edges.count) lines meet in one point: which way the contour goes is not defined")
        }
    }

    func add(_ crossings: [ContourCrossing], _ consequence: String) {
        let spots = listed(crossings, of: .crossing).map { spot($0.place, Int($0.one), Int($0.two)) }
        let passing = PassingEdges(measured, spots)
        for (number, crossing) in crossings.enumerated() {
            add(.error, .crossing, crossing.place * measured.mmPerUnit, nil, edges: passing.edges[number], consequence)
        }
    }

    /// Reports contours that cross themselves: as errors, or as notes if the loops are so small that they burn away with the cut. Places are
    /// in drawing units.
    func selfCrossings(_ found: [(contour: Int, place: Point)], _ consequence: String) {
        let passing = PassingEdges(measured, listed(found, of: .selfCrossing).map { spot($0.place, $0.contour, $0.contour) })
        for (number, (contour, place)) in found.enumerated() {
            let isError = !measured.hasOnlySmallLoops(contour)
            add(
                isError ? .error : .note, .selfCrossing, place * measured.mmPerUnit, measured.contours[contour].lengthMM,
                edges: passing.edges[number],
                isError
                    ? consequence : "a contour makes loops smaller than the cut (\(shown(Check.kerf)) mm): they burn away with it")
        }
    }

    /// Returns the spot of a crossing of chords. Its reach covers the chord errors of the nesting and of `OpenChords`.
    private func spot(_ place: Point, _ one: Int, _ two: Int) -> PassingEdges.Spot {
        let size = max(measured.box.width, measured.box.height), reach = max(0.005, 1e-7 * size) + measured.toleranceMM
        return PassingEdges.Spot(place: place, reach: reach / measured.mmPerUnit, one: one, two: two)
    }

    /// Inserts a note for each kind with more defects than are listed.
    private func unlisted(at place: Int) {
        let more = Defect.Kind.allCases.compactMap { kind -> Defect? in
            guard let total = totals[kind], total > most else { return nil }
            let words = "\(total - most) more of kind '\(kind.rawValue)' are not listed: there are \(total)"
            return Defect(severity: .note, kind: .notListed, consequence: words)
        }
        defects.insert(contentsOf: more, at: place)
    }

    private func bed() {
        guard let width = limits.bedWidthMM, let height = limits.bedHeightMM else { return }
        let (long, short) = (max(measured.box.width, measured.box.height), min(measured.box.width, measured.box.height))
        guard long > max(width, height) || short > min(width, height) else { return }
        add(
            .error, .tooLarge, nil, long,
            "\(shown(measured.box.width)) x \(shown(measured.box.height)) mm does not fit the bed of \(shown(width)) x \(shown(height)) mm")
    }

    private func whole() {
        let parts = contents.tree.parts.count { $0.owner == nil }
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
