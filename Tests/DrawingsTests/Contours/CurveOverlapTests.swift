import Glibc
import Testing

@testable import Drawings

/// Curves that lie on other curves.
struct CurveOverlapTests {
    private func overlaps(feed: Double? = nil, _ body: (inout Sketch) -> Void) throws -> [Defect] {
        var sketch = Sketch()
        body(&sketch)
        let drawing = try Drawing(reading: sketch.bytes())
        return drawing.check(try drawing.measure(), Check.Limits(feed: feed)).filter { $0.kind == .overlap || $0.kind == .duplicate }
    }

    private func arc(_ sketch: inout Sketch, _ x: Double, _ y: Double, _ radius: Double, _ from: Double, _ to: Double) {
        sketch.add((0, "ARC"), (8, "0"), (10, x), (20, y), (40, radius), (50, from), (51, to))
    }

    private func ellipse(_ sketch: inout Sketch, _ major: (Double, Double), _ ratio: Double, _ from: Double, _ to: Double) {
        sketch.add((0, "ELLIPSE"), (8, "0"), (10, 5), (20, 7), (11, major.0), (21, major.1), (40, ratio), (41, from), (42, to))
    }

    private func spline(_ sketch: inout Sketch, _ points: [(Double, Double)], degree: Int = 3) {
        sketch.add((0, "SPLINE"), (8, "0"), (71, degree), (73, points.count))
        for point in points { sketch.add((10, point.0), (20, point.1)) }
    }

    /// Returns a cubic approximation of a quarter circle, with an error below 3e-4 of the radius.
    private func quarter(_ radius: Double) -> [(Double, Double)] {
        let k = radius * 0.5522847498
        return [(radius, 0), (radius, k), (k, radius), (0, radius)]
    }

    @Test func anArcOnACircleHasPlaceLengthAndTime() throws {
        for isFirst in [false, true] {
            let found = try overlaps(feed: 6000) {
                if isFirst { arc(&$0, 0, 0, 50, 0, 90) }
                $0.circle(0, 0, 50)
                if !isFirst { arc(&$0, 0, 0, 50, 0, 90) }
            }
            #expect(found.map(\.kind) == [.overlap] && found[0].severity == .warning)
            #expect(agree(found[0].sizeMM ?? 0, 25 * Double.pi) && agree(found[0].seconds ?? 0, 0.25 * Double.pi))
            let place = try #require(found[0].place)
            #expect(hypot(place.x - 50 * cos(Double.pi / 4), place.y - 50 * sin(Double.pi / 4)) < 1e-6)
        }
    }

    /// Arcs in either direction, through the angle 0, as bulges, and extruded along -z.
    @Test func arcsThatOverlapPartlyAreReported() throws {
        let plain = try overlaps {
            arc(&$0, 0, 0, 50, 300, 60)
            arc(&$0, 0, 0, 50, 20, 200)
        }
        #expect(plain.map(\.kind) == [.overlap] && agree(plain[0].sizeMM ?? 0, 50 * 40 * Double.pi / 180))
        for bulge in [tan(Double.pi / 8), -tan(Double.pi / 8)] {
            let found = try overlaps {
                arc(&$0, 0, 0, 50, 45, 200)
                $0.polyline(bulge > 0 ? [(50, 0, bulge), (0, 50, 0)] : [(0, 50, bulge), (50, 0, 0)], closed: false)
            }
            #expect(found.map(\.kind) == [.overlap] && agree(found[0].sizeMM ?? 0, 12.5 * Double.pi))
        }
        let mirrored = try overlaps {
            arc(&$0, 0, 0, 50, 0, 90)
            $0.add((0, "ARC"), (8, "0"), (10, 0), (20, 0), (40, 50), (50, 135), (51, 270), (230, -1))
        }
        #expect(mirrored.map(\.kind) == [.overlap] && agree(mirrored[0].sizeMM ?? 0, 12.5 * Double.pi))
    }

    /// A stretch of a circle that several arcs cover is counted once.
    @Test func aStretchCoveredTwiceIsCountedOnce() throws {
        let found = try overlaps {
            for (from, to) in [(0.0, 150.0), (100.0, 260.0), (250.0, 10.0)] { arc(&$0, 0, 0, 50, from, to) }
            $0.circle(0, 0, 50)
        }
        // The later arcs also lie on the earlier ones.
        #expect(found.count == 3 && found.allSatisfy { $0.kind == .overlap } && agree(found[2].sizeMM ?? 0, 100 * Double.pi))
        #expect(agree(found[0].sizeMM ?? 0, 50 * 50 * Double.pi / 180) && agree(found[1].sizeMM ?? 0, 50 * 20 * Double.pi / 180))
    }

    @Test func ellipticArcsOnOneEllipseAreReported() throws {
        let found = try overlaps {
            ellipse(&$0, (60, 0), 0.5, 0, 2)
            ellipse(&$0, (-60, 0), 0.5, 1 + Double.pi, 2.5 + Double.pi)
        }
        let wanted = Conic(center: .zero, u: Point(60, 0), v: Point(0, 30), start: 1, end: 2).length
        #expect(found.map(\.kind) == [.overlap] && agree(found[0].sizeMM ?? 0, wanted))
        let whole = try overlaps {
            ellipse(&$0, (60, 0), 0.5, 0, 2 * Double.pi)
            ellipse(&$0, (60, 0), 0.5, 1, 2)
        }
        #expect(whole.map(\.kind) == [.overlap] && agree(whole[0].sizeMM ?? 0, wanted))
    }

    @Test func straightCurvesOnLinesAreReported() throws {
        let points = [(20.0, 10.0), (40, 20), (60, 30), (80, 40)]
        for isFirst in [false, true] {
            let found = try overlaps {
                if isFirst { spline(&$0, points) }
                $0.line((0, 0), (50, 25))
                if !isFirst { spline(&$0, points) }
            }
            #expect(found.map(\.kind) == [Defect.Kind.overlap])
            #expect(agree(found.first?.sizeMM ?? 0, hypot(30, 15)))
        }
        // A stretch that lines cover is reported only for them.
        let twice = try overlaps {
            $0.line((0, 0), (100, 50))
            $0.line((20, 10), (40, 20))
            spline(&$0, points)
        }
        let sizes = twice.map { $0.sizeMM ?? 0 }
        #expect(sizes.count == 2 && sizes.contains { agree($0, hypot(20, 10)) } && sizes.contains { agree($0, hypot(60, 30)) })
    }

    @Test func contoursCompletelyOnOtherCurvesAreReported() throws {
        let cubic = try overlaps {
            $0.circle(0, 0, 20)
            spline(&$0, quarter(20))
        }
        #expect(cubic.map(\.kind) == [.overlap] && abs((cubic[0].sizeMM ?? 0) - 10 * Double.pi) < 0.01)
        let chords = try overlaps {
            arc(&$0, 0, 0, 20, 0, 180)
            let corners = (10...50).map { step -> (Double, Double, Double) in
                (20 * cos(Double(step) * Double.pi / 60), 20 * sin(Double(step) * Double.pi / 60), 0)
            }
            $0.polyline(corners, closed: false)
        }
        #expect(chords.map(\.kind) == [.overlap] && abs((chords[0].sizeMM ?? 0) - 20 * 2 * Double.pi / 3) < 0.02)
    }

    @Test func exactDuplicatesAreReportedOnce() throws {
        let found = try overlaps {
            arc(&$0, 0, 0, 50, 0, 90)
            arc(&$0, 0, 0, 50, 0, 90)
            $0.circle(200, 0, 10)
            $0.circle(200, 0, 10)
            spline(&$0, quarter(300))
            spline(&$0, quarter(300))
            $0.circle(400, 0, 10)
            $0.polyline([(390, 0, 1), (410, 0, 1)], closed: true)
        }
        #expect(found.map(\.kind) == [.duplicate, .duplicate, .duplicate, .duplicate])
    }

    /// Curves that continue each other, touch, or are close to each other.
    @Test func touchingCurvesDoNotOverlap() throws {
        let found = try overlaps {
            // A rounded rectangle of single entities.
            $0.line((10, 0), (90, 0))
            arc(&$0, 90, 10, 10, 270, 0)
            $0.line((100, 10), (100, 40))
            arc(&$0, 90, 40, 10, 0, 90)
            $0.line((90, 50), (10, 50))
            arc(&$0, 10, 40, 10, 90, 180)
            $0.line((0, 40), (0, 10))
            arc(&$0, 10, 10, 10, 180, 270)
            // Circles that touch from outside and from inside, also as arcs that end at the point of contact.
            $0.circle(200, 0, 20)
            $0.circle(240, 0, 20)
            $0.circle(215, 0, 5)
            arc(&$0, 300, 0, 20, 0, 180)
            arc(&$0, 300, 0, 20, 180, 0)
            arc(&$0, 310, 0, 10, 0, 180)
            // A line tangent to a circle, and one tangent to a polyline of short arcs.
            $0.circle(400, 0, 100)
            $0.line((350, 100), (450, 100))
            let corners = (0..<360).map { degree -> (Double, Double, Double) in
                let angle = Double(degree) * Double.pi / 180
                return (700 + 100 * cos(angle), 100 * sin(angle), tan(Double.pi / 720))
            }
            $0.polyline(corners, closed: true)
            $0.line((650, 100.001), (750, 100.001))
            // Concentric circles further apart than the tolerance.
            $0.circle(1000, 0, 50)
            $0.circle(1000, 0, 50.05)
            arc(&$0, 1000, 0, 50.1, 10, 200)
            // A wave along a line.
            spline(&$0, [(1200, 0), (1210, 2), (1220, -2), (1230, 0)])
            $0.line((1190, 0), (1240, 0))
        }
        #expect(found.isEmpty, "\(found)")
    }

    /// Random arcs of one circle, compared with counted degrees.
    @Test(arguments: 0..<12) func coveredArcsMatchCountedDegrees(seed: Int) throws {
        var random = Seeded(UInt64(seed))
        let arcs = (0..<random.whole(2...7)).map { _ in (from: random.whole(0...359), sweep: random.whole(5...330)) }
        let found = try overlaps {
            for one in arcs { arc(&$0, 30, -20, 40, Double(one.from), Double((one.from + one.sweep) % 360)) }
        }.filter { $0.kind == .overlap }
        var wanted: [Double] = []
        for (place, one) in arcs.enumerated() where !arcs[..<place].contains(where: { $0.from == one.from && $0.sweep == one.sweep }) {
            var covered: Set<Int> = []
            for other in arcs[..<place] { covered.formUnion((other.from..<other.from + other.sweep).map { $0 % 360 }) }
            let count = (one.from..<one.from + one.sweep).count { covered.contains($0 % 360) }
            if count > 0 { wanted.append(Double(count) * 40 * Double.pi / 180) }
        }
        #expect(found.count == wanted.count && zip(found, wanted).allSatisfy { agree($0.sizeMM ?? 0, $1) }, "\(arcs): \(found)")
    }
}
