import Values

/// Defects of shapes: contours, holes, webs and slots that are too small for the sheet, and pieces that fall out.
extension Checking {
    private static let smallestContour = 0.5

    func shapes() {
        smallContours()
        let small = smallHoles()
        holes(small)
        narrowPlaces(small)
        islands()
        polygonCircles()
    }

    private func smallContours() {
        for (place, contour) in measured.contours.enumerated() where contour.isClosed {
            let size = max(contour.box.width, contour.box.height)
            guard size < Self.smallestContour else { continue }
            add(
                .warning, .tiny, contour.box.center, size, edges: measured.edges(of: [place]),
                "a contour of \(shown(size)) mm is smaller than the beam can follow")
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

    private func holes(_ small: SmallHoles) {
        guard let thickness = limits.thicknessMM else { return }
        for (place, hole) in small.all {
            let box = measured.contours[place].box, size = hole.widthMM
            guard max(box.width, box.height) >= Self.smallestContour else { continue }
            let isSlot = hole.lengthMM > 2 * size
            add(
                .warning, .smallHole, box.center, size, edges: measured.edges(of: [place]),
                "a \(isSlot ? "slot" : "hole") of \(shown(size)) mm is smaller than the sheet is thick (\(shown(thickness)) mm): "
                    + "it burns out or does not fall")
        }
    }

    /// Reports webs thinner than three quarters of the sheet, and slots thinner than half of it. Without a thickness, the limit is the
    /// width of the cut.
    private func narrowPlaces(_ small: SmallHoles) {
        let thickness = limits.thicknessMM ?? 0
        let web = max(0.75 * thickness, Check.kerf), slot = max(0.5 * thickness, Check.kerf), scale = measured.mmPerUnit
        let touch = max(measured.toleranceMM, 0.01) / scale
        let search = NarrowSearch(measured, limit: web / scale, slotLimit: slot / scale, touch: touch)
        let told = search.places.map { pair, place in
            // Widths are reported in hundredths.
            Narrow(pair: pair, place: place, width: (place.width * scale * 100).rounded() / 100, limit: place.isWeb ? web : slot)
        }.filter { narrow in
            // A place inside a small hole is not reported as a slot, too.
            let place = narrow.place.place
            return narrow.width < narrow.limit && (narrow.place.isWeb || small.index.visit(Box(place, place)) { _ in false })
        }
        var webs = edges(of: told.filter(\.place.isWeb), .thinWeb, touch)[...]
        var slots = edges(of: told.filter { !$0.place.isWeb }, .thinSlot, touch)[...]
        for narrow in told { add(narrow, edges: (narrow.place.isWeb ? webs.popFirst() : slots.popFirst()) ?? []) }
        notChecked(search.ends, "the contours are too many and too close: not all webs and slots are checked")
    }

    /// A thin place with the contours that it is between, or with one twice.
    private struct Narrow {
        let pair: NarrowFindings.Pair
        let place: NarrowPlace
        /// In millimetres, as `limit`.
        let width, limit: Double
    }

    /// The edges at both sides of those that will be listed.
    private func edges(of narrow: some Sequence<Narrow>, _ kind: Defect.Kind, _ touch: Double) -> [[Int32]] {
        let spots = listed(Array(narrow), of: kind).map { narrow in
            PassingEdges.Spot(
                place: narrow.place.place, reach: narrow.place.width / 2 + touch, one: narrow.pair.first, two: narrow.pair.second)
        }
        return PassingEdges(measured, spots).edges
    }

    private func add(_ narrow: Narrow, edges: [Int32]) {
        let place = narrow.place.place * measured.mmPerUnit, isWeb = narrow.place.isWeb, limit = narrow.limit
        guard narrow.place.width > 0 else {
            return add(.warning, .thinWeb, place, 0, edges: edges, "two contours touch: there is no web between them")
        }
        let than = limit == Check.kerf ? "the cut is wide" : isWeb ? "three quarters of the sheet" : "half the sheet"
        add(
            .warning, isWeb ? .thinWeb : .thinSlot, place, narrow.width, edges: edges,
            "a \(isWeb ? "web" : "slot") of \(shown(narrow.width)) mm is thinner than \(than) (\(shown(limit)) mm): it "
                + (isWeb ? "burns away or bends" : "melts shut"))
    }

    /// Reports islands as notes only, because parts can be nested in the holes of others.
    private func islands() {
        for part in contents.tree.parts where part.owner != nil {
            let contour = measured.contours[part.outline]
            let size = "\(shown(contour.box.width)) x \(shown(contour.box.height)) mm"
            add(
                .note, .island, contour.box.center, max(contour.box.width, contour.box.height),
                edges: measured.edges(of: [part.outline]),
                "a piece of \(size) lies in a hole and is held by nothing: it falls out")
        }
    }

    private func polygonCircles() {
        for place in measured.contours.indices {
            guard measured.contours.loops[place].hasArea, let round = measured.round(place), round.drawn == .lines else { continue }
            let circle = "a circle of \(shown(round.diameterMM)) mm is drawn as \(round.pieces) lines"
            add(
                .note, .polygonCircle, round.center, round.diameterMM, edges: measured.edges(of: [place]),
                "\(circle): it is cut with corners, and slower")
        }
    }
}
