import Glibc
import Testing

@testable import Drawings

/// The crossings, ends and parting lines of open contours.
struct OpenContourTests {
    private func defects(_ sketch: Sketch) throws -> [Defect] {
        let drawing = try Drawing(reading: sketch.bytes())
        return drawing.check(try drawing.measure())
    }

    private func crossings(_ body: (inout Sketch) -> Void) throws -> [Defect] {
        var sketch = Sketch()
        body(&sketch)
        return try defects(sketch).filter { $0.kind == .crossing || $0.kind == .selfCrossing }
    }

    private static func arc(_ sketch: inout Sketch, _ x: Double, _ y: Double, _ radius: Double, _ from: Double, _ to: Double) {
        sketch.add((0, "ARC"), (8, "0"), (10, x), (20, y), (40, radius), (50, from), (51, to))
    }

    @Test func crossingLinesAreReportedOnceAtTheirCrossing() throws {
        let found = try crossings {
            $0.line((0, 0), (100, 50))
            $0.line((0, 50), (100, 0))
        }
        #expect(found.map(\.kind) == [.crossing] && found[0].place == Point(50, 25) && found[0].severity == .error)
        // The lines cross at corners of both.
        let corners = try crossings {
            $0.polyline([(0, 0, 0), (50, 25, 0), (100, 50, 0)], closed: false)
            $0.polyline([(0, 50, 0), (50, 25, 0), (100, 0, 0)], closed: false)
        }
        #expect(corners.map(\.kind) == [.crossing] && corners[0].place == Point(50, 25))
    }

    @Test func aLineThroughAClosedContourCrossesIt() throws {
        let line = try crossings {
            $0.rectangle(0, 0, 100, 50)
            $0.line((-10, 20), (110, 20))
        }
        #expect(line.map(\.kind) == [.crossing])
        let arc = try crossings {
            $0.circle(0, 0, 30)
            Self.arc(&$0, 30, 0, 30, 90, 270)
        }
        #expect(arc.map(\.kind) == [.crossing])
        let place = try #require(arc[0].place)
        #expect(abs(place.x - 15) < 0.02 && abs(abs(place.y) - 30 * sin(.pi / 3)) < 0.02)
    }

    @Test func openContoursThatCrossThemselvesAreReportedOnce() throws {
        let found = try crossings { $0.polyline([(0, 0, 0), (50, 0, 0), (50, 30, 0), (20, 30, 0), (20, -30, 0)], closed: false) }
        #expect(found.map(\.kind) == [.selfCrossing] && found[0].place == Point(20, 0))
        // A spline with a loop.
        let spline = try crossings {
            $0.add((0, "SPLINE"), (8, "0"), (71, 3), (73, 4))
            for (x, y) in [(0.0, 0.0), (150, 80), (-50, 80), (100, 0)] { $0.add((10, x), (20, y)) }
        }
        #expect(spline.map(\.kind) == [.selfCrossing] && abs((spline[0].place?.x ?? 0) - 50) < 0.02)
    }

    /// Ends on lines and corners, lines along each other, and contours that touch without crossing.
    @Test(arguments: 0..<12) func touchingContoursDoNotCross(number: Int) throws {
        for (turn, off) in [(0.0, 0.0), (0.4, 0.0), (1.1, 0.006), (2.3, -0.006)] {
            let found = try crossings { Self.touch(number, &$0, Rigid(mirrored: false, turn: turn, shift: Point(300, -70)), off) }
            #expect(found.isEmpty, "\(number) turned by \(turn): \(found)")
        }
    }

    private static func touch(_ number: Int, _ sketch: inout Sketch, _ map: Rigid, _ off: Double) {
        func at(_ x: Double, _ y: Double) -> (Double, Double) {
            let p = map(Point(x, y))
            return (p.x, p.y)
        }
        func poly(_ corners: [(Double, Double)], closed: Bool = false) {
            sketch.polyline(corners.map { at($0.0, $0.1) }.map { ($0.0, $0.1, 0) }, closed: closed)
        }
        let centre = at(0, 0), turn = atan2(map(Point(1, 0)).y - map(.zero).y, map(Point(1, 0)).x - map(.zero).x) * 180 / .pi
        switch number {
        case 0:  // A T.
            poly([(0, 0), (100, 0)])
            poly([(50, off), (50, 40)])
        case 1:  // An L.
            poly([(0, 0), (100, 0)])
            poly([(0, off), (0, 40)])
        case 2:  // A line that ends on both sides of a plate.
            poly([(0, 0), (100, 0), (100, 50), (0, 50)], closed: true)
            poly([(40, off), (60, 50 + off)])
        case 3:  // At a small angle to the line that it ends on.
            poly([(0, 0), (100, 0)])
            poly([(30, off), (90, 3)])
        case 4:  // Along another line, and back to the same side.
            poly([(0, 0), (100, 0)])
            poly([(10, 20), (30, off), (60, off), (80, 20)])
        case 5:  // Along another line, and beyond its end.
            poly([(0, 0), (100, 0)])
            poly([(50, off), (150, off)])
        case 6:  // A tangent of a circle.
            sketch.circle(centre.0, centre.1, 20)
            poly([(-50, 20 + off), (50, 20 + off)])
        case 7:  // Arcs that touch from outside and from inside.
            arc(&sketch, centre.0, centre.1, 20, turn - 90, turn + 90)
            let (outer, inner) = (at(30 + off, 0), at(15 + off, 0))
            arc(&sketch, outer.0, outer.1, 10, turn + 90, turn + 270)
            arc(&sketch, inner.0, inner.1, 5, turn - 90, turn + 90)
        case 8:  // A corner on a line.
            poly([(0, 0), (100, 0)])
            poly([(20, 30), (50, off), (80, 30)])
        case 9:  // A fillet that continues two lines, and another line from its end.
            poly([(0, 0), (80, 0)])
            let c = at(80, 20)
            arc(&sketch, c.0, c.1, 20, turn - 90, turn)
            poly([(100, 20), (100, 60)])
            poly([(80, off), (120, -30)])
        case 10:  // Lines of a grid of parts with common cuts.
            poly([(0, 0), (90, 0), (90, 60), (0, 60)], closed: true)
            for x in [30.0, 60] { poly([(x, off), (x, 60 + off)]) }
            for x in [0.0, 30, 60] { poly([(x, 30), (x + 30, 30)]) }
        default:  // A line inside a circle that ends on it.
            sketch.circle(centre.0, centre.1, 20)
            poly([(0, 0), (20 + off, 0)])
        }
    }

    /// Random lines, compared with all pairs.
    @Test(arguments: 0..<8) func crossingsOfRandomLinesAreFound(seed: Int) throws {
        var random = Seeded(UInt64(seed))
        var lines: [(Point, Point)] = []
        var sketch = Sketch()
        for _ in 0..<60 {
            let a = Point(random.real(0, 300), random.real(0, 300)), b = Point(a.x + random.real(-90, 90), a.y + random.real(-90, 90))
            lines.append((a, b))
            sketch.line((a.x, a.y), (b.x, b.y))
        }
        var wanted = 0, doubtful = 0
        for (place, (a, b)) in lines.enumerated() {
            for (c, d) in lines[..<place] {
                guard let p = Crossing.proper(a, b, c, d) else { continue }
                // A line that crosses another near an end is treated as ending on it.
                if [a, b, c, d].allSatisfy({ ($0 - p).length > 1 }) { wanted += 1 } else { doubtful += 1 }
            }
        }
        let found = try defects(sketch).count { $0.kind == .crossing }
        #expect(wanted > 20 && found >= wanted && found <= wanted + doubtful)
    }

    @Test func aLineAcrossAPlatePartsThePlate() throws {
        var sketch = Sketch()
        sketch.rectangle(0, 0, 100, 50)
        sketch.line((40, 0), (60, 50))
        let found = try defects(sketch)
        #expect(found.map(\.kind) == [.openContour] && found[0].severity == .error && found[0].gapMM == nil)
        #expect(found[0].consequence.contains("parts what it runs across") && !found[0].consequence.contains("cuts nothing out"))
        sketch.circle(20, 25, 10)
        sketch.line((10, 25), (0, 25))
        let joined = try defects(sketch)
        #expect(joined.map(\.kind) == [.openContour, .openContour] && joined[1].consequence.contains("joins them and cuts nothing out"))
        // A contour with a free end is reported as before.
        sketch.line((80, 50), (80, 20))
        #expect(try defects(sketch)[2].consequence.contains("its ends are 30 mm apart"))
    }

    @Test func aLineAlongAnEdgePartsNothing() throws {
        var sketch = Sketch()
        sketch.rectangle(0, 0, 100, 50)
        sketch.line((20, 0), (60, 0))
        sketch.circle(200, 0, 20)
        Self.arc(&sketch, 200, 0, 20, 10, 80)
        let found = try defects(sketch).filter { $0.kind == .openContour }
        #expect(found.count == 2 && found.allSatisfy { $0.consequence.contains("cuts nothing out by itself: its ends are") })
    }

    /// A second line between two plates closes the region between them.
    @Test func twoLinesBetweenPlatesPartTheRegionBetween() throws {
        var sketch = Sketch()
        sketch.rectangle(0, 0, 100, 50)
        sketch.rectangle(0, 80, 100, 50)
        sketch.line((20, 50), (20, 80))
        let one = try defects(sketch).filter { $0.kind == .openContour }
        #expect(one.count == 1 && one.allSatisfy { $0.consequence.contains("joins them") })
        sketch.line((60, 50), (60, 80))
        let found = try defects(sketch).filter { $0.kind == .openContour }
        #expect(found.count == 2 && found.allSatisfy { $0.consequence.contains("parts what") })
    }

    @Test func manyLinesAcrossAPlateAreOneDefect() throws {
        var sketch = Sketch()
        sketch.rectangle(0, 0, 100, 50)
        for x in [20.0, 40, 60, 80] { sketch.line((x, 0), (x, 50)) }
        sketch.line((0, 25), (20, 25))
        let found = try defects(sketch)
        #expect(found.map(\.kind) == [.openContour] && found[0].sizeMM == 220)
        #expect(found[0].consequence.hasPrefix("5 contours of 220 mm together run from line to line"))
        sketch.line((110, 0), (130, 0))
        #expect(try defects(sketch).count { $0.kind == .openContour } == 2)
    }

    /// Bridges, compared with removing each edge.
    @Test(arguments: 0..<20) func removingABridgeDisconnectsTheGraph(seed: Int) {
        var random = Seeded(UInt64(seed))
        let nodes = random.whole(3...12)
        let edges = (0..<random.whole(2...14)).map { _ in (Int32(random.whole(0...nodes - 1)), Int32(random.whole(0...nodes - 1))) }
        func pieces(without gone: Int?) -> Int {
            var sets = Array(0..<nodes)
            for (number, (a, b)) in edges.enumerated() where number != gone {
                let (from, to) = (sets[Int(a)], sets[Int(b)])
                for node in sets.indices where sets[node] == from { sets[node] = to }
            }
            return Set(sets).count
        }
        let wanted = edges.indices.filter { pieces(without: $0) == pieces(without: nil) }
        #expect(Bridges(edges, nodes: nodes).others == wanted)
    }
}
