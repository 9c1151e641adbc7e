import Values

/// Faults of shapes: what is too small or too thin for the sheet, and what would fall out.
extension Checking {
    private static let smallestContour = 0.5

    mutating func shapes() {
        smallContours()
        holes()
        narrowPlaces()
        islands()
        polygonCircles()
    }

    private mutating func smallContours() {
        let small = measured.contours.lazy.filter { $0.isClosed && max($0.box.width, $0.box.height) < Self.smallestContour }
        for contour in small {
            let size = max(contour.box.width, contour.box.height)
            add(.warning, .tiny, contour.box.center, size, "a contour of \(shown(size)) mm is smaller than the beam can follow")
        }
    }

    /// Holes and slots that the beam cannot make: a common limit is the thickness of the sheet.
    private mutating func holes() {
        guard let thickness = limits.thicknessMM else { return }
        for place in measured.holePlaces {
            let box = measured.contours[place].box, hole = measured.hole(place), size = hole.widthMM
            guard size < thickness * (1 - 1e-9), max(box.width, box.height) >= Self.smallestContour else { continue }
            let isSlot = hole.lengthMM > 2 * size
            add(
                .warning, .smallHole, box.center, size,
                "a \(isSlot ? "slot" : "hole") of \(shown(size)) mm is smaller than the sheet is thick (\(shown(thickness)) mm): "
                    + "it burns out or does not fall")
        }
    }

    /// Webs thinner than three quarters of the sheet, slots thinner than half of it; without a thickness both thinner than the cut.
    private mutating func narrowPlaces() {
        let thickness = limits.thicknessMM ?? 0
        let web = max(0.75 * thickness, Check.kerf), slot = max(0.5 * thickness, Check.kerf)
        // A small file may draw much: what is worked with grows with the file, not with that.
        let search = NarrowSearch(
            measured, limit: web / measured.mmPerUnit, touch: max(measured.toleranceMM, 0.01) / measured.mmPerUnit,
            chordError: 0.002 / measured.mmPerUnit, mostChords: 150_000 + size / 2)
        // Chords may take as much from either side.
        let slack = 2 * search.chordError * measured.mmPerUnit
        for narrow in search.places {
            let exact = narrow.width * measured.mmPerUnit, limit = narrow.isWeb ? web : slot
            // More than hundredths the chords do not have.
            let width = (exact * 100).rounded() / 100
            guard exact < limit - slack, width < limit, narrow.isWeb || !isSmallHole(around: narrow.place) else { continue }
            guard narrow.width > 0 else {
                add(.warning, .thinWeb, narrow.place * measured.mmPerUnit, 0, "two contours touch: there is no web between them")
                continue
            }
            let than = limit == Check.kerf ? "the cut is wide" : narrow.isWeb ? "three quarters of the sheet" : "half the sheet"
            add(
                .warning, narrow.isWeb ? .thinWeb : .thinSlot, narrow.place * measured.mmPerUnit, width,
                "a \(narrow.isWeb ? "web" : "slot") of \(shown(width)) mm is thinner than \(than) (\(shown(limit)) mm): it "
                    + (narrow.isWeb ? "burns away or bends" : "melts shut"))
        }
        if search.isCutOff {
            add(.note, .notChecked, nil, nil, "the contours are too many and too close: not all webs and slots are checked")
        }
    }

    /// What is told of as a small hole is not told of as a slot again.
    private func isSmallHole(around place: Point) -> Bool {
        guard let thickness = limits.thicknessMM else { return false }
        return measured.holePlaces.contains { hole in
            measured.contours.loops[hole].box.contains(Box(place, place)) && measured.hole(hole).widthMM < thickness * (1 - 1e-9)
        }
    }

    /// Not more than a note: parts are also nested in the holes of others.
    private mutating func islands() {
        for place in measured.contours.indices {
            let loop = measured.contours.loops[place]
            guard loop.hasArea, loop.depth >= 2, loop.depth % 2 == 0 else { continue }
            let contour = measured.contours[place]
            let size = "\(shown(contour.box.width)) x \(shown(contour.box.height)) mm"
            add(
                .note, .island, contour.box.center, max(contour.box.width, contour.box.height),
                "a piece of \(size) lies in a hole and is held by nothing: it falls out")
        }
    }

    private mutating func polygonCircles() {
        for place in measured.contours.indices {
            guard measured.contours.loops[place].hasArea, let round = measured.round(place), round.drawn == .lines else { continue }
            let circle = "a circle of \(shown(round.diameterMM)) mm is drawn as \(round.pieces) lines"
            add(.note, .polygonCircle, round.center, round.diameterMM, "\(circle): it is cut with corners, and slower")
        }
    }
}
