import Values

/// Defects of shapes: contours, holes, webs and slots that are too small for the sheet, and pieces that fall out.
extension Checking {
    private static let smallestContour = 0.5

    mutating func shapes() {
        smallContours()
        let small = smallHoles()
        holes(small)
        narrowPlaces(small)
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

    /// The holes that are too small to be cut, with a tree of their boxes.
    private struct SmallHoles {
        var all: [(place: Int, hole: Hole)] = []
        var index = BoxIndex([])
    }

    /// Returns the holes and slots narrower than the thickness of the sheet, which is a common limit.
    private func smallHoles() -> SmallHoles {
        guard let thickness = limits.thicknessMM else { return SmallHoles() }
        let loops = measured.contours.loops
        var small = SmallHoles()
        for place in measured.holePlaces {
            let hole = measured.hole(place)
            if hole.widthMM < thickness * (1 - 1e-9) { small.all.append((place, hole)) }
        }
        let all = small.all
        small.index = BoxIndex(count: all.count) { loops[all[$0].place].box }
        return small
    }

    private mutating func holes(_ small: SmallHoles) {
        guard let thickness = limits.thicknessMM else { return }
        for (place, hole) in small.all {
            let box = measured.contours[place].box, size = hole.widthMM
            guard max(box.width, box.height) >= Self.smallestContour else { continue }
            let isSlot = hole.lengthMM > 2 * size
            add(
                .warning, .smallHole, box.center, size,
                "a \(isSlot ? "slot" : "hole") of \(shown(size)) mm is smaller than the sheet is thick (\(shown(thickness)) mm): "
                    + "it burns out or does not fall")
        }
    }

    /// Reports webs thinner than three quarters of the sheet, and slots thinner than half of it. Without a thickness, the limit is the
    /// width of the cut.
    private mutating func narrowPlaces(_ small: SmallHoles) {
        let thickness = limits.thicknessMM ?? 0
        let web = max(0.75 * thickness, Check.kerf), slot = max(0.5 * thickness, Check.kerf), scale = measured.mmPerUnit
        let search = NarrowSearch(
            measured, limit: web / scale, slotLimit: slot / scale, touch: max(measured.toleranceMM, 0.01) / scale)
        for narrow in search.places {
            let limit = narrow.isWeb ? web : slot
            // Widths are reported in hundredths.
            let width = (narrow.width * scale * 100).rounded() / 100
            // A place inside a small hole is not reported as a slot, too.
            guard width < limit, narrow.isWeb || small.index.visit(Box(narrow.place, narrow.place), { _ in false }) else { continue }
            guard narrow.width > 0 else {
                add(.warning, .thinWeb, narrow.place * scale, 0, "two contours touch: there is no web between them")
                continue
            }
            let than = limit == Check.kerf ? "the cut is wide" : narrow.isWeb ? "three quarters of the sheet" : "half the sheet"
            add(
                .warning, narrow.isWeb ? .thinWeb : .thinSlot, narrow.place * scale, width,
                "a \(narrow.isWeb ? "web" : "slot") of \(shown(width)) mm is thinner than \(than) (\(shown(limit)) mm): it "
                    + (narrow.isWeb ? "burns away or bends" : "melts shut"))
        }
        notChecked(search.ends, "the contours are too many and too close: not all webs and slots are checked")
    }

    /// Reports islands as notes only, because parts can be nested in the holes of others.
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
