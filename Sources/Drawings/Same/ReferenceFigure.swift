import Glibc

/// A figure that others are compared with. Its data structures are computed on demand.
final class ReferenceFigure {
    let figure: Figure
    let numbers: Fingerprint
    private(set) lazy var paths = Array(figure.paths)
    private lazy var index = PieceIndex(paths)
    /// The distance of the farthest point from the centre.
    private(set) lazy var radius = paths.lazy.flatMap(\.pieces).map { $0.farthest(from: self.figure.centre) }.max() ?? 0
    /// The spectrum, computed when a rotation is searched.
    private(set) lazy var spectrum = Spectrum(paths, centre: figure.centre, radius: radius, length: figure.length)
    /// Some hundred points, sufficient for the position of a figure.
    private(set) lazy var few = thinned(to: 600)
    /// The number of pieces that were compared.
    var looks: Int { index.looks }

    init(_ figure: Figure) { (self.figure, numbers) = (figure, figure.fingerprint) }

    private func thinned(to most: Int) -> [Point] {
        var points: [Point] = []
        visitSamples(step: figure.length / 400, least: 4, height: .infinity) { point in
            points.append(point)
            return true
        }
        let step = max(1, points.count / most)
        return stride(from: 0, to: points.count, by: step).map { points[$0] }
    }

    /// Calls `body` with points along the curves until it returns false. Returns false in that case. The points are every end of a piece,
    /// further points so that no two are further apart than `step`, at least `least` on each stroke, and on arcs as many that their chords
    /// are no higher than `height`.
    @discardableResult
    func visitSamples(step: Double, least: Int = 8, height: Double, _ body: (Point) -> Bool) -> Bool {
        for path in paths {
            let reach = max(min(step, path.length / Double(least)), 1e-6)
            for piece in path.pieces {
                let length = piece.length
                var count = (length / reach).rounded(.up)
                // The height of the chord of an angle t is about r t² / 8, and its length is l = r t.
                if !piece.isLine { count = max(count, (length * abs(piece.sweep) / (8 * height)).squareRoot().rounded(.up)) }
                guard piece.visit(max(1, Int(min(count, 10_000))), body) else { return false }
            }
            if !path.isClosed, let last = path.vertices.last { guard body(last.place) else { return false } }
        }
        return true
    }

    /// Whether the whole figure, moved by a map, is within `reach` of another.
    func lies(_ map: Rigid, on other: ReferenceFigure, within reach: Double) -> Bool {
        visitSamples(step: max(figure.length / 1000, 0.25), height: reach / 8) { other.touches(map($0), within: reach) }
    }

    /// Returns the nearest point of the figure within `reach`, and the direction perpendicular to the figure there.
    func nearest(to p: Point, within reach: Double) -> (place: Point, normal: Point)? {
        guard let (place, piece) = index.nearest(to: p, within: reach) else { return nil }
        let away = p - place, distance = away.length
        if distance > 1e-9 { return (place, away * (1 / distance)) }
        let way = piece.direction(at: place), length = way.length
        return (place, length > 0 ? way.left * (1 / length) : Point(1, 0))
    }

    /// Whether a point of the figure is within `reach` of a place.
    func touches(_ p: Point, within reach: Double) -> Bool { index.touches(p, within: reach) }
}

/// The pieces of paths in a tree of boxes. A class, because passing its arrays for each place takes longer than the search.
private final class PieceIndex {
    private let paths: [ArcPath]
    /// The path and the piece of each box.
    private let places: [(path: Int32, piece: Int32)]
    private let index: BoxIndex
    private(set) var looks = 0
    /// The piece that was found last: the next place is usually near it, too.
    private var last: ArcPiece?

    init(_ paths: [ArcPath]) {
        var places: [(path: Int32, piece: Int32)] = [], boxes: [Box] = []
        let count = paths.reduce(0) { $0 + $1.pieceCount }
        places.reserveCapacity(count)
        boxes.reserveCapacity(count)
        for (number, path) in paths.enumerated() {
            for piece in 0..<path.pieceCount {
                places.append((Int32(truncatingIfNeeded: number), Int32(truncatingIfNeeded: piece)))
                boxes.append(path.piece(piece).box)
            }
        }
        (self.paths, self.places) = (paths, places)
        index = BoxIndex(boxes)
    }

    private func piece(_ number: Int) -> ArcPiece { paths[Int(places[number].path)].piece(Int(places[number].piece)) }

    func nearest(to p: Point, within reach: Double) -> (place: Point, piece: ArcPiece)? {
        var search = NearestSearch(place: p, within: reach)
        search.run(index) { number, _ in
            looks += 1
            return (p - piece(number).foot(of: p)).length
        }
        looks += 1
        return search.found.first.map { (piece($0.item).foot(of: p), piece($0.item)) }
    }

    func touches(_ p: Point, within reach: Double) -> Bool {
        looks += 1
        if let last, last.foot(of: p).isWithin(reach, of: p) { return true }
        var found: ArcPiece?, asked = 0
        index.visit(Box(p, p).widened(reach)) { number in
            asked += 1
            let piece = piece(number)
            if piece.foot(of: p).isWithin(reach, of: p) { found = piece }
            return found == nil
        }
        looks += asked
        if let found { last = found }
        return found != nil
    }
}
