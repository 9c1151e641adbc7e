import Glibc
import Testing

@testable import Drawings

/// Lines and arcs, compared with formulas and with many chords.
@Suite struct ArcPathTests {
    private func path(_ vertices: [(Double, Double, Double)], closed: Bool = true) -> ArcPath {
        var path = ArcPath()
        guard let first = vertices.first else { return path }
        path.begin(at: Point(first.0, first.1))
        for (a, b) in zip(vertices, vertices.dropFirst()) { path.add(to: Point(b.0, b.1), bulge: a.2) }
        if closed {
            path.add(to: Point(first.0, first.1), bulge: vertices[vertices.count - 1].2)
            path.close(within: 0)
        }
        return path
    }

    private func isNear(_ a: Double, _ b: Double, _ reach: Double = 1e-12) -> Bool { abs(a - b) <= reach * max(1, abs(b)) }

    @Test func lengthsAndAreasMatchFormulas() {
        let circle = path([(10, 0, 1), (-10, 0, 1)])
        #expect(isNear(circle.length, 20 * .pi) && isNear(circle.area, 100 * .pi) && circle.pieceCount == 4)
        let clockwise = path([(10, 0, -1), (-10, 0, -1)])
        #expect(isNear(clockwise.area, -100 * .pi))
        // A slot of 30 by 10.
        let slot = path([(0, 0, 0), (20, 0, 1), (20, 10, 0), (0, 10, 1)])
        #expect(isNear(slot.length, 40 + 10 * .pi) && isNear(slot.area, 200 + 25 * .pi))
        #expect(isNear(slot.box.min.x, -5) && isNear(slot.box.max.x, 25))
        // A three-quarter circle with a corner at its centre.
        let pac = path([(0, 0, 0), (5, 0, tan(3 * .pi / 8)), (0, -5, 0)])
        #expect(isNear(pac.length, 10 + 7.5 * .pi) && isNear(pac.area, 18.75 * .pi) && pac.pieceCount == 5)
        let square = path([(0, 0, 0), (3, 0, 0), (3, 4, 0), (0, 4, 0)])
        #expect(square.length == 14 && square.area == 12)
        // The area of a path far from zero keeps its digits.
        var far = slot
        far.map({ $0 + Point(1e7, -1e7) }, isMirrored: false)
        #expect(isNear(far.area, slot.area, 1e-8))
        #expect(ArcPath().length == 0 && ArcPath().area == 0 && ArcPath().box.isEmpty)
    }

    /// A nearly straight arc has the length given by its series.
    @Test func nearlyStraightArcsMatchTheSeries() {
        for bulge in [1e-3, 1e-5, 1e-7, 1e-9, 1e-12, 0] {
            let piece = ArcPiece(from: Point(0, 0), to: Point(8, 6), bulge: bulge)
            #expect(isNear(piece.length, 10 * (1 + 2 * bulge * bulge / 3), 1e-11))
            #expect(isNear(piece.bow, 100 * bulge / 3, 1e-6))
        }
    }

    /// Lengths, areas, boxes and nearest points of random paths, compared with many chords.
    @Test(arguments: 1...40) func randomPathsMatchManyChords(seed: UInt64) {
        var random = Seeded(seed)
        func number(_ low: Double, _ high: Double) -> Double { Double.random(in: low...high, using: &random) }
        let corners = (0..<Int.random(in: 2...9, using: &random)).map { _ in
            (number(-50, 50), number(-50, 50), Bool.random(using: &random) ? 0 : number(-3, 3))
        }
        let path = path(corners, closed: Bool.random(using: &random))
        #expect(path.brokenInvariant == nil)
        let chords = 2000
        var points: [Point] = []
        for piece in path.pieces { for step in 0..<chords { points.append(piece.point(at: Double(step) / Double(chords))) } }
        if !path.isClosed { points.append(path.vertices[path.vertices.count - 1].place) }
        let ring = path.isClosed ? points + points.prefix(1) : points
        let length = zip(ring, ring.dropFirst()).reduce(0) { $0 + ($1.1 - $1.0).length }
        #expect(isNear(path.length, length, 1e-6))
        if path.isClosed {
            let area = zip(ring, ring.dropFirst()).reduce(0) { $0 + $1.0.cross($1.1) / 2 }
            #expect(abs(path.area - area) < 1e-6 * length * length)
        }
        let box = points.reduce(into: Box()) { $0.include($1) }
        #expect(path.box.widened(1e-9).contains(box) && box.widened(1e-3).contains(path.box))
        for _ in 0..<20 {
            let p = Point(number(-80, 80), number(-80, 80))
            let foot = path.pieces.map { ($0.foot(of: p) - p).length }.min() ?? 0
            let near = ring.map { ($0 - p).length }.min() ?? 0
            #expect(foot <= near + 1e-9 && near - foot < 0.2)
            let far = path.pieces.map { $0.farthest(from: p) }.max() ?? 0
            #expect(abs(far - (ring.map { ($0 - p).length }.max() ?? 0)) < 1e-3)
        }
    }

    /// Closing a path of a few micrometres, or one that returns to its start, leaves no piece of length 0.
    @Test func specksKeepTheInvariants() {
        for vertices in [[(0.0, 0.0, 0.0), (0.001, 0, 0)], [(0, 0, 0), (5, 0, 1), (0, 0, 0), (0.001, 0, 0)], [(1, 1, 0)], []] {
            var speck = path(vertices.map { ($0.0, $0.1, $0.2) }, closed: false)
            speck.close(within: 0.01)
            #expect(speck.brokenInvariant == nil && speck.length.isFinite)
        }
        var moved = path([(0, 0, 0.3), (5, 0, 0), (5, 5, 0)])
        moved.map({ _ in Point(1, 1) }, isMirrored: false)
        #expect(moved.brokenInvariant == "a piece ends where it begins")
    }

    /// The intersections of two lines or arcs, and the places of their minimum distance, match those found by brute force.
    @Test(arguments: 0..<300) func nearestPlaces(seed: Int) {
        var random = Seeded(UInt64(seed) + 900)
        func piece() -> ArcPiece {
            let bulge = random.isTrue() ? 0 : random.real(-ArcPath.mostBulge, ArcPath.mostBulge)
            return ArcPiece(
                from: Point(random.real(0, 10), random.real(0, 10)), to: Point(random.real(0, 10), random.real(0, 10)), bulge: bulge)
        }
        let (one, other) = (piece(), piece()), count = 2000
        var meetings: [Point] = []
        one.meet(other) { meetings.append($0) }
        for place in meetings { for piece in [one, other] { #expect((piece.foot(of: place) - place).length < 1e-9) } }
        let distances = (0...count).map { number in
            let place = one.point(at: Double(number) / Double(count))
            return (other.foot(of: place) - place).length
        }
        let least = distances.min()!
        let ends = [one.a, one.b].map { (other.foot(of: $0) - $0).length } + [other.a, other.b].map { (one.foot(of: $0) - $0).length }
        let nearest = one.nearest(to: other).map { ($0 - $1).length } ?? .infinity
        let formula = meetings.isEmpty ? min(nearest, ends.min()!) : 0
        #expect(abs(formula - least) < one.length / Double(count), "\(formula) for \(least)")
        #expect(formula < least + 1e-9)
    }

    /// Two nested arcs are nearest on the side to which the centre of the inner one is shifted.
    @Test func nearestOfNested() throws {
        func arc(_ x: Double, _ radius: Double) -> ArcPiece {
            ArcPiece(
                from: Point(x + radius * cos(0.5), -radius * sin(0.5)), to: Point(x + radius * cos(0.5), radius * sin(0.5)),
                bulge: tan(0.25))
        }
        for (one, other, x, itsX) in [(arc(0, 10), arc(1, 5), 10.0, 6.0), (arc(1, 5), arc(0, 10), 6, 10)] {
            let (p, q) = try #require(one.nearest(to: other))
            #expect((p - Point(x, 0)).length < 1e-9 && (q - Point(itsX, 0)).length < 1e-9)
        }
    }

    /// Splines and ellipses as biarcs: within the tolerance, with few arcs, and with the measured length and area.
    @Test(arguments: [0.05, 0.002]) func biarcsKeepTheirTolerance(tolerance: Double) throws {
        var random = Seeded(3)
        for _ in 0..<30 {
            var sketch = Sketch()
            let points: [(Double, Double)] = (0..<5).map { _ in (random.real(0, 100), random.real(0, 100)) }
            sketch.add((0, "SPLINE"), (8, "0"), (70, 0), (71, 3))
            for (x, y) in points { sketch.add((10, x), (20, y)) }
            let ratio = Double.random(in: 0.05...1, using: &random)
            sketch.add((0, "ELLIPSE"), (8, "0"), (10, 200), (20, 0), (11, 40), (21, 10), (40, ratio), (41, 0), (42, 2 * Double.pi))
            let measured = try sketch.measured()
            for loop in measured.contours.loops {
                let walk = measured.paths.path(loop.chain)
                let path = walk.arcs(error: tolerance, scale: 1), fine = walk.chords(error: tolerance / 50)
                for point in fine {
                    let distance = path.pieces.map { ($0.foot(of: point) - point).length }.min() ?? .infinity
                    #expect(distance <= tolerance * 1.05)
                }
                #expect(path.pieceCount < 150 && path.brokenInvariant == nil)
                #expect(abs(path.length - loop.length) < 0.01 * Double(path.pieceCount) * tolerance + 1e-3 * loop.length)
                if loop.chain.isClosed { #expect(abs(abs(path.area) - loop.area) < tolerance * loop.length) }
            }
        }
    }

    /// A contour of lines and arcs has exactly the measured length and area, in either direction.
    @Test func pathsHaveTheMeasuresOfTheirContours() throws {
        for seed in 0..<40 {
            var random = Seeded(UInt64(seed)), sketch = Sketch()
            let corners = (0..<6).map { corner in
                let angle = Double(corner) * .pi / 3, reach = Double.random(in: 20...40, using: &random)
                return (reach * cos(angle), reach * sin(angle), Double.random(in: -0.5...0.5, using: &random))
            }
            sketch.polyline(corners, closed: true)
            sketch.circle(100, 0, 7)
            let measured = try sketch.measured()
            for loop in measured.contours.loops {
                let walk = measured.paths.path(loop.chain)
                let back = walk.steps.reversed().map { Int32($0.isBackwards ? $0.edge : -1 - $0.edge) }
                let chain = Chaining.Chain(first: 0, count: back.count, isClosed: true)
                for walk in [walk, ContourPaths(measured.geometry, back, tolerance: 0.01).path(chain)] {
                    let path = walk.arcs(error: 0.002, scale: 2)
                    #expect(isNear(path.length, 2 * loop.length) && isNear(abs(path.area), 4 * loop.area))
                    var mirrored = path
                    mirrored.map({ Point(-$0.x, $0.y) }, isMirrored: true)
                    #expect(isNear(mirrored.length, path.length) && isNear(mirrored.area, -path.area))
                }
            }
        }
    }
}
