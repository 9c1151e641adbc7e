/// What is cut of a part as bare curves in millimetres, whatever entities it was drawn with: what equal parts have in common.
package struct Figure: Sendable {
    /// Chords within `chordError` of the curves; a closed curve ends where it begins.
    let strokes: [[Point]]
    let moments: LineMoments
    /// The centre of the curves' length.
    let centre: Point
    /// The distance of the farthest point from the centre.
    let radius: Double

    static let chordError = 0.002

    var length: Double { moments.length }

    init(_ measured: Measurement, contours places: some Sequence<Int>) {
        let scale = measured.mmPerUnit
        let error = Self.error(around: places.reduce(into: Box()) { $0.include(measured.contours[$1].box) }) / scale
        var moments = LineMoments(origin: measured.box.isEmpty ? .zero : measured.box.center)
        var strokes: [[Point]] = []
        for place in places {
            let chain = measured.contours.loops[place].chain
            let members = measured.members[chain.range]
            Chaining.walk(members, measured.geometry) { segment, _ in moments.add(segment, measured.geometry, scale: scale) }
            var points = Chaining.outline(
                of: members, measured.geometry, tolerance: measured.toleranceMM / scale, error: error
            ).map { $0 * scale }
            if chain.isClosed, points.count > 1 { points.append(points[0]) }
            strokes.append(points)
        }
        let centre = moments.centre
        (self.strokes, self.moments, self.centre) = (strokes, moments, centre)
        radius = strokes.lazy.joined().map { ($0 - centre).length }.max() ?? 0
    }

    /// How far chords may be from the curves in a box, in millimetres. Of what is hundreds of metres large so many chords are enough; of
    /// what is small in such a drawing they are as fine as ever.
    static func error(around box: Box) -> Double { max(chordError, max(box.width, box.height) * 1e-8) }

    private init(strokes: [[Point]], moments: LineMoments, centre: Point, radius: Double) {
        (self.strokes, self.moments, self.centre, self.radius) = (strokes, moments, centre, radius)
    }

    /// The same moved. Its moments stay: only what no map changes is asked of them.
    func mapped(_ map: Rigid) -> Figure {
        Figure(strokes: strokes.map { $0.map { map($0) } }, moments: moments, centre: map(centre), radius: radius)
    }

    /// Points along the curves: every corner, and more where the corners are further apart than `step`; `least` on each stroke.
    func samples(step: Double, least: Int = 8) -> [Point] {
        var points: [Point] = []
        for stroke in strokes {
            let own = zip(stroke, stroke.dropFirst()).reduce(0) { $0 + ($1.1 - $1.0).length }
            let reach = max(min(step, own / Double(least)), 1e-6)
            for (a, b) in zip(stroke, stroke.dropFirst()) {
                let count = max(1, Int(min(((b - a).length / reach).rounded(.up), 10_000)))
                for part in 0..<count { points.append(a + (b - a) * (Double(part) / Double(count))) }
            }
            if let last = stroke.last { points.append(last) }
        }
        return points
    }
}

extension Measurement {
    /// All that is cut.
    package var figure: Figure { Figure(self, contours: contours.indices) }
}
