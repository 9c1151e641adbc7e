import Drawings
import Glibc
import Testing

/// Whether two numbers agree within 1e-9.
func agree(_ a: Double, _ b: Double) -> Bool { abs(a - b) <= 1e-9 * max(1, abs(b)) }

struct GeometryTests {
    @Test func aCircleHasItsCircumferenceAreaAndBox() throws {
        var sketch = Sketch()
        sketch.circle(3, 4, 2.5)
        let measured = try sketch.measured()
        #expect(agree(measured.lengthMM, 5 * .pi))
        #expect(agree(measured.netAreaMM2, 6.25 * .pi))
        #expect(agree(measured.box.min.x, 0.5) && agree(measured.box.max.y, 6.5))
        #expect(measured.contours.first?.circleDiameterMM == 5)
        #expect(measured.pierces == 1)
    }

    /// A slot: two straight sides and two half circles with bulges of 1.
    @Test func bulgesAreArcs() throws {
        var sketch = Sketch()
        sketch.polyline([(0, 0, 0), (30, 0, 1), (30, 10, 0), (0, 10, 1)], closed: true)
        let measured = try sketch.measured()
        #expect(agree(measured.lengthMM, 60 + 10 * .pi))
        #expect(agree(measured.netAreaMM2, 300 + 25 * .pi))
        #expect(agree(measured.box.min.x, -5) && agree(measured.box.max.x, 35))
    }

    /// The centre of a nearly straight arc is so far away that its points cannot be computed from it. The area and box are computed from
    /// its ends.
    @Test(arguments: (1...12).map { pow(10, -Double($0)) }) func flatBulgesKeepTheirAreaAndBox(bulge: Double) throws {
        /// Returns the area between an arc and its chord: the series of ((1 + b²)² atan b - b (1 - b²)) / 8b² times the squared length of
        /// the chord.
        func bow(_ square: Double) -> Double {
            let b = bulge
            return square * (b / 3 + pow(b, 3) / 15 - pow(b, 5) / 105 + pow(b, 7) / 315)
        }
        var sketch = Sketch()
        sketch.polyline([(5000, 3000, bulge), (6000, 3100, bulge), (6000, 3700, bulge), (5000, 3700, bulge)], closed: true)
        let area = 650_000 + bow(1_010_000) + bow(360_000) + bow(1_000_000) + bow(490_000)
        #expect(abs(try sketch.measured().netAreaMM2 / area - 1) <= 1e-9)
        guard bulge > 5e-10 else { return }
        var lens = Sketch()
        lens.polyline([(5000, 3000, bulge), (6000, 3000, bulge)], closed: true)
        let measured = try lens.measured()
        #expect(abs(measured.netAreaMM2 / (2 * bow(1_000_000)) - 1) <= 1e-9)
        #expect(abs(measured.box.height - 1000 * bulge) <= 1e-11 * 3000)
        #expect(measured.outlines().count == 1)
    }

    @Test(arguments: [0.1, 0.5, 0.99, 1.7]) func circumferencesOfEllipsesMatchTheFormula(ratio: Double) throws {
        var sketch = Sketch()
        sketch.add((0, "ELLIPSE"), (8, "0"), (10, 1), (20, 1), (11, 8), (21, 6), (40, ratio), (41, 0), (42, 2 * Double.pi))
        let measured = try sketch.measured()
        // The circumference by the arithmetic-geometric mean (Abramowitz and Stegun 17.6).
        let (long, short) = (10 * max(1, ratio), 10 * min(1, ratio))
        var (a, b, power, sum) = (1.0, short / long, 0.5, 0.0)
        var c = (1 - b * b).squareRoot()
        sum += power * c * c
        for _ in 0..<40 {
            (a, b, c) = ((a + b) / 2, (a * b).squareRoot(), (a - b) / 2)
            power *= 2
            sum += power * c * c
        }
        #expect(agree(measured.lengthMM, 2 * .pi * long / a * (1 - sum)))
        #expect(agree(measured.netAreaMM2, .pi * 100 * ratio))
    }

    /// A full circle as a rational quadratic spline with nine control points (The NURBS Book, figure 7.16).
    @Test func aRationalSplineIsACircle() throws {
        var sketch = Sketch()
        sketch.add((0, "SPLINE"), (8, "0"), (71, 2), (72, 12), (73, 9))
        for knot in [0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 4] { sketch.add((40, knot)) }
        let corner = 0.5.squareRoot()
        let points: [(Double, Double)] = [(1, 0), (1, 1), (0, 1), (-1, 1), (-1, 0), (-1, -1), (0, -1), (1, -1), (1, 0)]
        for index in points.indices { sketch.add((41, index % 2 == 0 ? 1 : corner)) }
        for point in points { sketch.add((10, 7 * point.0), (20, 7 * point.1)) }
        let measured = try sketch.measured()
        #expect(agree(measured.lengthMM, 14 * .pi))
        #expect(agree(measured.netAreaMM2, 49 * .pi))
        #expect(agree(measured.box.max.y, 7) && measured.closed == 1)
    }

    /// A uniform cubic spline is defined on its inner range only: with equally spaced points on a line it reaches from the second to the
    /// last but one.
    @Test func unclampedSplinesEndAtTheirRange() throws {
        var sketch = Sketch()
        sketch.add((0, "SPLINE"), (8, "0"), (71, 3), (70, 8))
        for knot in 0..<10 { sketch.add((40, knot)) }
        for x in 0..<6 { sketch.add((10, x), (20, 0)) }
        #expect(agree(try sketch.measured().lengthMM, 3))
    }

    @Test func blocksAreNestedMirroredScaledAndArrayed() throws {
        var sketch = Sketch()
        sketch.section("BLOCKS") {
            $0.block("INNER", base: (1, 1)) { $0.circle(1, 1, 1) }
            $0.block("OUTER") {
                $0.add((0, "INSERT"), (8, "0"), (2, "INNER"), (10, 10), (20, 0))
                $0.line((0, 0), (10, 0))
            }
        }
        sketch.section("ENTITIES") {
            $0.add((0, "INSERT"), (8, "A"), (2, "OUTER"), (10, 0), (20, 0), (41, -2), (42, 2), (50, 90))
            $0.add((70, 2), (71, 3), (44, 100), (45, 50))
        }
        let measured = try sketch.measured()
        #expect(agree(measured.lengthMM, 6 * (20 + 4 * .pi)))
        // Mirrored and rotated, the line points down; columns extend upwards, rows to the left.
        #expect(agree(measured.box.min.x, -102) && agree(measured.box.max.x, 2))
        #expect(agree(measured.box.min.y, -22) && agree(measured.box.max.y, 100))
        #expect(measured.layers.map(\.name) == ["A"])
        #expect(measured.circles == 6)
    }

    @Test func aCircleInAStretchedBlockIsAnEllipse() throws {
        var sketch = Sketch()
        sketch.section("BLOCKS") { $0.block("ROUND") { $0.circle(0, 0, 1) } }
        sketch.section("ENTITIES") { $0.add((0, "INSERT"), (8, "0"), (2, "ROUND"), (10, 5), (20, 5), (41, 3), (42, 2)) }
        let measured = try sketch.measured()
        #expect(agree(measured.netAreaMM2, 6 * .pi))
        #expect(agree(measured.box.width, 6) && agree(measured.box.height, 4))
        #expect(measured.circles == 0)
    }

    /// An extrusion along -z reverses the x axis: the quarter circle is to the left of the y axis.
    @Test func objectCoordinatesFollowTheExtrusion() throws {
        var sketch = Sketch()
        sketch.add((0, "ARC"), (8, "0"), (10, 10), (20, 0), (40, 2), (50, 0), (51, 90), (210, 0), (220, 0), (230, -1))
        let measured = try sketch.measured()
        #expect(agree(measured.lengthMM, .pi))
        #expect(agree(measured.box.min.x, -12) && agree(measured.box.max.x, -10) && agree(measured.box.max.y, 2))
    }

    @Test func looseLinesAndArcsBecomeOneContour() throws {
        var sketch = Sketch()
        sketch.line((0, 0), (10, 0))
        sketch.line((0, 10), (10, 10.004))
        sketch.line((0, 0), (0, 10))
        sketch.add((0, "ARC"), (8, "0"), (10, 10), (20, 5), (40, 5), (50, 270), (51, 90))
        let measured = try sketch.measured()
        #expect(measured.closed == 1 && measured.open == 0 && measured.junctions == 0)
        #expect(abs(measured.netAreaMM2 - (100 + 12.5 * .pi)) < 0.05)
    }

    @Test func unitsBecomeMillimetres() throws {
        var sketch = Sketch()
        sketch.section("HEADER") { $0.add((9, "$INSUNITS"), (70, 1)) }
        sketch.section("ENTITIES") { $0.rectangle(0, 0, 2, 1) }
        let measured = try sketch.measured()
        #expect(agree(measured.lengthMM, 6 * 25.4) && agree(measured.netAreaMM2, 2 * 645.16))
        #expect(agree(try sketch.measured(Measure.Options(units: .millimetre)).lengthMM, 6))
    }

    /// Ends join within 0.01 mm in any unit: 0.0003 inches are 0.0076 mm, 0.005 inches are 0.127 mm.
    @Test(arguments: [(0.0003, 1), (0.005, 0)]) func theToleranceIsInMillimetres(gap: Double, closed: Int) throws {
        var sketch = Sketch()
        sketch.section("HEADER") { $0.add((9, "$INSUNITS"), (70, 1)) }
        sketch.section("ENTITIES") { $0.polyline([(0, 0, 0), (2, 0, 0), (2, 1, 0), (0, gap, 0)], closed: false) }
        #expect(try sketch.measured().closed == closed)
    }

    /// A plate with a hole and a piece in the hole: its net and gross area.
    @Test func areasOfHolesAreSubtracted() throws {
        var sketch = Sketch()
        sketch.rectangle(0, 0, 100, 50)
        sketch.rectangle(20, 10, 30, 30)
        sketch.rectangle(30, 20, 10, 10)
        let measured = try sketch.measured()
        #expect(agree(measured.netAreaMM2, 5000 - 900 + 100) && agree(measured.grossAreaMM2, 5000))
    }

    @Test func entitiesOfLengthZeroAreTiny() throws {
        var sketch = Sketch()
        sketch.rectangle(0, 0, 10, 10)
        sketch.polyline([(3, 3, 0), (3, 3, 0)], closed: true)
        sketch.polyline([(4, 3, 1), (4, 3, 0), (4, 3, 0)], closed: false)
        sketch.line((5, 3), (5, 3))
        sketch.add((0, "ELLIPSE"), (8, "0"), (10, 6), (20, 3), (11, 0), (21, 0), (40, 0.5))
        // Vertical: one vertex above the other.
        sketch.add((0, "POLYLINE"), (8, "0"), (70, 9), (0, "VERTEX"), (10, 7), (20, 3), (30, 0), (0, "VERTEX"), (10, 7), (20, 3), (30, 5))
        let drawing = try Drawing(reading: sketch.bytes())
        let measured = try drawing.measure()
        #expect(measured.tiny == 5 && measured.contourCount == 1 && measured.lengthMM == 40)
        #expect(drawing.check(measured).filter { $0.kind == .tiny }.compactMap(\.place) == (3...7).map { Point(Double($0), 3) })
        #expect(try Drawing(reading: drawing.dxf(.r2000)).measure().tiny == 5)
    }

    @Test func fitPointsAreInterpolated() throws {
        var sketch = Sketch()
        sketch.add((0, "SPLINE"), (8, "0"), (71, 3), (74, 5))
        for x in 0..<5 { sketch.add((11, Double(x) * 2), (21, Double(x))) }
        let measured = try sketch.measured()
        #expect(agree(measured.lengthMM, 80.0.squareRoot()))
        #expect(measured.notes.contains { $0.kind == .splineFitOnly })
    }

    /// Lines too short to be compared do not determine a position: two outlines of such lines are not duplicates.
    @Test func outlinesOfTheShortestLinesAreNotDuplicates() throws {
        var sketch = Sketch()
        for x in [0.0, 100] {
            let corners = (0..<10400).map { corner in
                let angle = Double(corner) * .pi / 5200
                return (x + 8 * cos(angle), 8 * sin(angle), 0.0)
            }
            sketch.polyline(corners, closed: true)
        }
        let measured = try sketch.measured()
        #expect(measured.contourCount == 2 && measured.duplicateEntities == 0)
        #expect(abs(measured.cutLengthMM - 32 * .pi) < 1e-4)
    }
}
