/// The contours that a stretch of the search has examined, because neighbouring contours are compared one after the other.
struct NarrowCache {
    private let contours: NarrowContours
    /// The number of spans above which contours are dropped.
    private let mostSpans: Int
    private var stored: [Int: NarrowContour] = [:]
    /// The number of spans that were built since contours were dropped.
    private var spans = 0
    /// How often a contour was divided into spans, for tests.
    private(set) var built = 0

    init(_ contours: NarrowContours, mostSpans: Int = 200_000) { (self.contours, self.mostSpans) = (contours, mostSpans) }

    /// Returns a contour by its index in `Contours.loops`.
    mutating func contour(_ number: Int) -> NarrowContour {
        if let contour = stored[number] { return contour }
        if spans > mostSpans { dropSmall() }
        let contour = NarrowContour(contours.measured, number, mostTurn: contours.setting.mostTurn)
        stored[number] = contour
        spans += contour.spans.count
        built += 1
        return contour
    }

    /// Drops all contours but the largest: an outline is compared with each of its holes, and dividing it for each would take quadratic
    /// time.
    private mutating func dropSmall() {
        let largest = stored.max { ($0.value.spans.count, $1.key) < ($1.value.spans.count, $0.key) }
        (stored, spans) = ([:], 0)
        if let largest { stored[largest.key] = largest.value }
    }
}
