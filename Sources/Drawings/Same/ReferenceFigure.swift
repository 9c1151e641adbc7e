/// A figure made ready for others to be laid on it.
final class ReferenceFigure {
    let figure: Figure
    let numbers: Fingerprint
    private let chords: [(a: Point, b: Point)]
    private let index: BoxIndex
    /// Made when a turn is looked for.
    private(set) lazy var spectrum = Spectrum(figure)
    /// Some hundred points, enough to see how a figure lies.
    private(set) lazy var few = ReferenceFigure.thinned(figure.samples(step: figure.length / 400, least: 4), to: 600)
    private(set) lazy var all = figure.samples(step: max(figure.length / 1000, 0.25))

    init(_ figure: Figure) {
        (self.figure, numbers) = (figure, figure.fingerprint)
        var chords: [(a: Point, b: Point)] = []
        for stroke in figure.strokes {
            for (a, b) in zip(stroke, stroke.dropFirst()) { chords.append((a, b)) }
        }
        self.chords = chords
        index = BoxIndex(chords.map { Box($0.a, $0.b) })
    }

    private static func thinned(_ points: [Point], to most: Int) -> [Point] {
        let step = max(1, points.count / most)
        return stride(from: 0, to: points.count, by: step).map { points[$0] }
    }

    private func box(_ p: Point, _ reach: Double) -> Box { Box(p, p).widened(reach) }

    /// The nearest place of the figure within reach, and the direction across it.
    func nearest(to p: Point, within reach: Double) -> (place: Point, normal: Point)? {
        var least = reach
        var found: (Point, Point)?
        index.visit(box(p, reach)) { number in
            let (place, chord) = project(p, number)
            let away = p - place
            let distance = away.length
            if distance <= least {
                least = distance
                found = (place, distance > 1e-9 ? away * (1 / distance) : chord.left)
            }
            return true
        }
        return found
    }

    /// Whether the figure comes within reach of a place.
    func touches(_ p: Point, within reach: Double) -> Bool {
        !index.visit(box(p, reach)) { number in !project(p, number).place.isWithin(reach, of: p) }
    }

    /// The place of a chord that is nearest to a point, and the chord's direction.
    private func project(_ p: Point, _ number: Int) -> (place: Point, direction: Point) {
        let (a, b) = chords[number]
        let chord = b - a
        let length = chord.length
        guard length > 0 else { return (a, Point(1, 0)) }
        let direction = chord * (1 / length)
        let along = min(max(direction.dot(p - a), 0), length)
        return (a + direction * along, direction)
    }
}
