import Drawings
import Glibc
import Testing

struct CheckTests {
    private func kinds(_ sketch: Sketch, _ limits: Check.Limits = Check.Limits()) throws -> [Defect] {
        let drawing = try Drawing(reading: sketch.bytes())
        return drawing.check(try drawing.measure(), limits)
    }

    @Test func aCleanDrawingHasNoFaults() throws {
        var sketch = Sketch()
        sketch.rectangle(0, 0, 100, 50)
        sketch.circle(50, 25, 10)
        #expect(try kinds(sketch, Check.Limits(thicknessMM: 3, bedWidthMM: 100, bedHeightMM: 50)).isEmpty)
    }

    @Test func eachDefectHasItsPlaceAndSize() throws {
        var sketch = Sketch()
        sketch.rectangle(0, 0, 100, 50)
        sketch.circle(20, 25, 1)
        sketch.polyline([(0, 100, 0), (40, 100, 0), (40, 140, 0), (0, 100.3, 0)], closed: false)
        sketch.line((0, 200), (10, 200))
        sketch.line((10, 200), (0, 200))
        sketch.rectangle(90, 40, 30, 30)
        let defects = try kinds(sketch, Check.Limits(thicknessMM: 3, bedWidthMM: 150, bedHeightMM: 100))
        #expect(defects.map(\.kind) == [.openContour, .openContour, .crossing, .tooLarge, .duplicate, .smallHole, .severalParts])
        #expect(agree(defects[0].gapMM ?? 0, 0.3))
        #expect(defects[4].sizeMM == 10 && defects[4].place == Point(5, 200))
        #expect(defects[5].sizeMM == 2 && defects[5].place == Point(20, 25))
    }

    /// A bed of 3000 x 1500 mm takes a part in either orientation if both of its sides fit.
    @Test(arguments: [
        (3000.0, 1500.0, true), (1500, 3000, true), (1600, 1600, false), (1600, 2000, false), (2000, 1600, false), (3001, 10, false),
    ])
    func aPartFitsTheBedInEitherOrientation(width: Double, height: Double, fits: Bool) throws {
        var sketch = Sketch()
        sketch.rectangle(0, 0, width, height)
        let defects = try kinds(sketch, Check.Limits(bedWidthMM: 3000, bedHeightMM: 1500))
        #expect(defects.map(\.kind) == (fits ? [] : [.tooLarge]))
    }

    /// A hole has to be at least as wide as the sheet is thick.
    @Test(arguments: [(2.95, true), (2, true), (3, false), (3.05, false)])
    func holesNarrowerThanTheThicknessAreSmall(diameter: Double, isSmall: Bool) throws {
        var sketch = Sketch()
        sketch.rectangle(0, 0, 100, 50)
        sketch.circle(50, 25, diameter / 2)
        #expect(try kinds(sketch, Check.Limits(thicknessMM: 3)).map(\.kind) == (isSmall ? [.smallHole] : []))
    }

    /// In a sheet of 4 mm the minimum is 3 mm for a web (three quarters of the thickness) and 2 mm for a slot (half of it).
    @Test(arguments: [(2.9, 2.1, [Defect.Kind.thinWeb]), (3.1, 1.9, [.thinSlot]), (3.1, 2.1, [])])
    func limitsOfWebsAndSlotsDependOnTheThickness(web: Double, slot: Double, kinds: [Defect.Kind]) throws {
        var sketch = Sketch()
        // A notch 20 mm deep, and a window near the edge.
        sketch.polyline(
            [(0, 0, 0), (100, 0, 0), (100, 50, 0), (50 + slot, 50, 0), (50 + slot, 30, 0), (50, 30, 0), (50, 50, 0), (0, 50, 0)],
            closed: true)
        sketch.rectangle(10, web, 20, 10)
        #expect(try self.kinds(sketch, Check.Limits(thicknessMM: 4)).map(\.kind) == kinds)
    }

    /// No shop has sheets longer than 12 m.
    @Test(arguments: [(11_900.0, false), (12_100, true), (110_000, true)])
    func aPartLongerThanSheetsIsInDoubt(length: Double, doubted: Bool) throws {
        var sketch = Sketch()
        sketch.section("HEADER") { $0.add((9, "$INSUNITS"), (70, 4)) }
        sketch.section("ENTITIES") { $0.rectangle(0, 0, length, 1000) }
        let found = try kinds(sketch).filter { $0.kind == .unitSuspect }
        #expect(found.count == (doubted ? 1 : 0))
        #expect(!doubted || found.first?.consequence.contains("mm is odd for a part: the numbers look like micrometres") == true)
    }

    @Test func distantEndsHaveNoGap() throws {
        var sketch = Sketch()
        sketch.line((0, 0), (100, 0))
        sketch.line((102, 0), (200, 0))
        #expect(try kinds(sketch).map(\.gapMM) == [nil, nil])
    }

    /// Circles that touch an edge or each other, exactly or nearly, leave no web. Circles that overlap cross.
    @Test(arguments: [(0.0, [Defect.Kind.thinWeb]), (0.0001, [.thinWeb]), (-0.0001, [.thinWeb]), (0.1, [.thinWeb]), (-0.1, [.crossing])])
    func circlesThatTouchHaveNoWeb(gap: Double, kinds: [Defect.Kind]) throws {
        for turn in [0.0, 0.3, 1.2] {
            var inner = Sketch(), edge = Sketch(), pair = Sketch()
            inner.circle(0, 0, 50)
            inner.circle((45 - gap) * cos(turn), (45 - gap) * sin(turn), 5)
            edge.rectangle(0, 0, 100, 50)
            edge.circle(50, 5 + gap, 5)
            pair.rectangle(0, 0, 100, 50)
            pair.circle(30, 25, 5)
            pair.circle(30 + (10 + gap) * cos(turn), 25 + (10 + gap) * sin(turn), 5)
            for sketch in [inner, edge, pair] { #expect(try self.kinds(sketch, Check.Limits(thicknessMM: 3)).map(\.kind) == kinds) }
        }
    }

    @Test func aMissingBlockIsAWarning() throws {
        var sketch = Sketch()
        sketch.rectangle(0, 0, 100, 50)
        sketch.add((0, "INSERT"), (8, "0"), (2, "HOLES"), (10, 0), (20, 0))
        let defects = try kinds(sketch)
        #expect(defects.map(\.kind) == [.assumed] && defects[0].severity == .warning)
    }

    @Test func aTruncatedDrawingIsAWarning() throws {
        var sketch = Sketch()
        sketch.section("ENTITIES") {
            $0.rectangle(0, 0, 100, 50)
            $0.circle(50, 25, 10)
        }
        let text = String(decoding: sketch.bytes(), as: UTF8.self)
        let whole = try Drawing(reading: Array(text.utf8))
        #expect(try whole.check(whole.measure()).isEmpty)
        // The file is cut before the radius of the circle.
        let end = try #require(text.firstRange(of: "\n40\n")).lowerBound
        let part = try Drawing(reading: Array(text[..<end].utf8))
        let defects = try part.check(part.measure())
        #expect(defects.map(\.kind) == [.assumed, .assumed] && defects.allSatisfy { $0.severity == .warning })
    }

    /// The lines of a duplicate contour are not reported individually.
    @Test func aDuplicateContourIsReportedOnce() throws {
        var sketch = Sketch()
        sketch.rectangle(0, 0, 100, 50)
        for (a, b) in [((0.0, 0.0), (60.0, 0.0)), ((60, 0), (100, 0)), ((100, 0), (100, 50)), ((100, 50), (0, 50)), ((0, 50), (0, 0))] {
            sketch.line(a, b)
        }
        sketch.circle(50, 25, 10)
        sketch.polyline([(40, 25, 1), (60, 25, 1)], closed: true)
        sketch.line((30, 50), (20, 50))
        let drawing = try Drawing(reading: sketch.bytes()), measured = try drawing.measure()
        let defects = drawing.check(measured, Check.Limits(feed: 6000)).filter { $0.kind == .duplicate }
        #expect(measured.duplicateContours == 2 && defects.count == 2 && measured.drawnContours == 5)
        #expect(defects[0].place == Point(30, 0) && defects[0].sizeMM == 300 && agree(defects[0].seconds ?? 0, 3))
        #expect(agree(defects[1].sizeMM ?? 0, 20 * .pi))
        #expect(drawing.check(measured).filter { $0.kind == .overlap }.map(\.sizeMM) == [10])
    }

    /// A line that lies on the middle of another is reported, even if the other is drawn twice.
    @Test func overlapsBesideDuplicatesAreReported() throws {
        var sketch = Sketch()
        for (from, to) in [(0.0, 100.0), (0, 100), (30, 70)] { sketch.line((from, 0), (to, 0)) }
        let defects = try kinds(sketch)
        #expect(defects.filter { $0.kind == .duplicate }.map(\.sizeMM) == [100])
        #expect(defects.filter { $0.kind == .overlap }.map(\.sizeMM) == [40])
    }

    /// Each repetition of an outline is one more drawn contour.
    @Test func outlinesDrawnThriceAreThreeContours() throws {
        var sketch = Sketch()
        for _ in 0..<3 {
            for (a, b) in [((0.0, 0.0), (60.0, 0.0)), ((60, 0), (60, 50)), ((60, 50), (0, 50)), ((0, 50), (0, 10))] { sketch.line(a, b) }
        }
        let measured = try sketch.measured()
        #expect(measured.contourCount == 1 && measured.drawnContours == 3)
    }

    /// Standard sheet sizes in inches are not suspected to be millimetres, and multiples of an eighth of a millimetre are not suspected to
    /// be inches.
    @Test(arguments: [(1, 96.0, 48.0, false), (1, 100, 80, true), (4, 60, 40.125, false), (4, 60.0625, 40, true), (4, 5.125, 3.5, true)])
    func unlikelyUnitsAreInDoubt(unit: Int, width: Double, height: Double, doubted: Bool) throws {
        var sketch = Sketch()
        sketch.section("HEADER") { $0.add((9, "$INSUNITS"), (70, unit)) }
        sketch.section("ENTITIES") { $0.rectangle(0, 0, width, height) }
        #expect(try kinds(sketch).contains { $0.kind == .unitSuspect } == doubted)
    }

    /// A frame of two outlines with holes and engraved texts is a part. With dimensions it is a drawing sheet.
    @Test func aFramePlateWithTextsIsNotASheet() throws {
        var sketch = Sketch()
        sketch.rectangle(0, 0, 300, 200)
        sketch.rectangle(20, 20, 260, 160)
        for (x, y) in [(10.0, 10.0), (290, 10), (10, 190), (290, 190)] { sketch.circle(x, y, 3) }
        for x in 0..<8 { sketch.circle(Double(60 + 20 * x), 100, 5) }
        for line in 0..<8 { sketch.add((0, "TEXT"), (8, "0"), (10, 5), (20, line * 20), (40, 5), (1, "hole \(line)")) }
        #expect(try kinds(sketch).allSatisfy { $0.kind != .drawingSheet })
        for _ in 0..<2 { sketch.add((0, "DIMENSION"), (8, "0")) }
        #expect(try kinds(sketch).contains { $0.kind == .drawingSheet })
    }

    @Test func nothingToCutIsAnError() throws {
        var sketch = Sketch()
        sketch.add((0, "TEXT"), (8, "0"), (1, "empty"))
        #expect(try kinds(sketch).map(\.kind) == [.noGeometry, .textNotOutlined])
    }

    @Test func aBowTieCrossesItself() throws {
        var sketch = Sketch()
        sketch.polyline([(0, 0, 0), (10, 10, 0), (10, 0, 0), (0, 10, 0)], closed: true)
        let defects = try kinds(sketch)
        // Its two triangles have opposite orientation, so that its area is 0. The crossing is found nevertheless.
        #expect(defects.map(\.kind) == [.selfCrossing])
        #expect(defects.first?.place == Point(5, 5))
    }

    /// Loops of 0.2 mm in either orientation, and a spike of 0.1 mm, burn away with the cut.
    @Test(arguments: [(0.2, true), (0.29, true), (0.4, false)]) func loopsSmallerThanTheCutAreOnlyNotes(size: Double, areSmall: Bool) throws
    {
        for start in 0..<9 {
            let (s, spike) = (size, 0.1)
            let corners = [
                (0.0, 0.0), (100, 0), (100, 40), (60 - s, 40), (60 - s, 40 + s), (60, 40 + s), (60, 40 - spike), (60, 80), (0, 80),
            ]
            var sketch = Sketch()
            sketch.polyline((corners[start...] + corners[..<start]).map { ($0.0, $0.1, 0) }, closed: true)
            let defects = try kinds(sketch).filter { $0.kind != .overlap }
            #expect(defects.map(\.kind) == [.selfCrossing], "\(start): \(defects)")
            #expect(defects.map(\.severity) == [areSmall ? .note : .error])
            #expect(try sketch.measured().wideSelfCrossings == (areSmall ? 0 : 1))
        }
    }

    /// A small loop does not hide the large one beside it.
    @Test func aBowTieWithASmallLoopIsAnError() throws {
        var sketch = Sketch()
        sketch.polyline(
            [(0, 0, 0), (50, 0, 0), (50.1, 0, 0), (50.1, 0.1, 0), (50, 0.1, 0), (50, -0.1, 0), (50, 50, 0), (100, 10, 0), (0, 60, 0)],
            closed: true)
        #expect(try kinds(sketch).contains { $0.kind == .selfCrossing && $0.severity == .error })
    }

    /// Blocks can draw much more than the size of the file suggests. The outlines are then flattened more coarsely, and the webs are still
    /// found.
    @Test func thinWebsAreFoundAmongThousandsOfLargeHoles() throws {
        var sketch = Sketch()
        sketch.section("BLOCKS") { $0.block("HOLE") { $0.circle(0, 0, 200) } }
        sketch.section("ENTITIES") {
            $0.rectangle(-300, -300, 402_000, 600)
            $0.add((0, "INSERT"), (8, "0"), (2, "HOLE"), (10, 0), (20, 0), (70, 1000), (44, 401.5))
        }
        let defects = try kinds(sketch, Check.Limits(thicknessMM: 3))
        #expect(defects.count { $0.kind == .thinWeb } == 999)
        #expect(defects.allSatisfy { $0.kind != .thinWeb || abs(($0.sizeMM ?? 0) - 1.5) < 0.3 })
    }

    @Test(arguments: [0.0, 0.3, .pi / 4]) func aSmallSlotIsReportedAtAnyAngle(angle: Double) throws {
        func turned(_ corners: [(Double, Double, Double)], about place: (Double, Double)) -> [(Double, Double, Double)] {
            let (s, c) = (sin(angle), cos(angle))
            return corners.map { (place.0 + c * $0.0 - s * $0.1, place.1 + s * $0.0 + c * $0.1, $0.2) }
        }
        var sketch = Sketch()
        sketch.rectangle(0, 0, 200, 100)
        sketch.polyline(turned([(-10, -1, 0), (10, -1, 1), (10, 1, 0), (-10, 1, 1)], about: (50, 50)), closed: true)
        sketch.polyline(turned([(-10, -1.25, 0), (10, -1.25, 0), (10, 1.25, 0), (-10, 1.25, 0)], about: (150, 50)), closed: true)
        let defects = try kinds(sketch, Check.Limits(thicknessMM: 3))
        #expect(defects.map(\.kind) == [.smallHole, .smallHole])
        #expect(defects.allSatisfy { $0.consequence.contains("a slot of") })
        #expect(zip(defects, [2, 2.5]).allSatisfy { agree($0.sizeMM ?? 0, $1) })
    }

    @Test func thinWebsAndSlotsAreReported() throws {
        var sketch = Sketch()
        sketch.rectangle(0, 0, 200, 100)
        // Two windows 1 mm apart, a hole 0.6 mm from the edge, a slot of 0.8 mm, and one of 1.2 mm with round ends.
        sketch.rectangle(10, 10, 20, 20)
        sketch.rectangle(31, 10, 20, 20)
        sketch.circle(100, 5.6, 5)
        sketch.rectangle(120, 50, 40, 0.8)
        sketch.polyline([(20, 80, 0), (60, 80, 1), (60, 81.2, 0), (20, 81.2, 1)], closed: true)
        let defects = try kinds(sketch, Check.Limits(thicknessMM: 3))
        #expect(defects.map(\.kind) == [.smallHole, .smallHole, .thinWeb, .thinWeb])
        for (defect, width) in zip(defects, [0.8, 1.2, 0.6, 1]) { #expect(abs((defect.sizeMM ?? 0) - width) < 0.01) }
        #expect(defects[0].place == Point(140, 50.4) && defects[3].place == Point(30.5, 20))
        // Without a thickness the limit is the width of the cut.
        #expect(try kinds(sketch).isEmpty)
    }

    /// A hole at the edge, two adjacent holes and two windows with touching corners leave no web. A crossing is reported as a crossing
    /// only.
    @Test func contoursThatTouchHaveNoWeb() throws {
        var sketch = Sketch()
        sketch.rectangle(0, 0, 200, 100)
        sketch.circle(10, 30, 10)
        sketch.circle(60, 50, 10)
        sketch.circle(80, 50, 10)
        sketch.rectangle(120, 20, 20, 20)
        sketch.rectangle(140, 40, 20, 20)
        let defects = try kinds(sketch)
        #expect(defects.map(\.kind) == [.thinWeb, .thinWeb, .thinWeb] && defects.allSatisfy { $0.sizeMM == 0 })
        for place in [Point(0, 30), Point(70, 50), Point(140, 40)] {
            #expect(defects.contains { defect in defect.place.map { hypot($0.x - place.x, $0.y - place.y) < 0.5 } ?? false })
        }
        sketch.rectangle(150, 50, 20, 20)
        #expect(try kinds(sketch).map(\.kind) == [.crossing, .thinWeb, .thinWeb, .thinWeb])
    }

    @Test func cornersAndFilletsAreNotThinWebs() throws {
        var sketch = Sketch()
        sketch.polyline([(0, 0, 0), (100, 0, 0), (100, 10, 0), (0, 0.5, 0)], closed: true)
        sketch.polyline([(0, 50, 0), (60, 50, 0), (60, 51, 0.4142135623730951), (59, 52, 0), (0, 52, 0)], closed: true)
        let defects = try kinds(sketch, Check.Limits(thicknessMM: 2))
        #expect(defects.map(\.kind) == [.severalParts])
    }

    @Test func aNeckAndANotchAreReported() throws {
        var sketch = Sketch()
        sketch.polyline(
            [
                (0, 0, 0), (40, 0, 0), (40, 19.5, 0), (60, 19.5, 0), (60, 0, 0), (100, 0, 0), (100, 40, 0), (80.5, 40, 0), (80.5, 30, 0),
                (80, 30, 0), (80, 40, 0), (60, 40, 0), (60, 20.5, 0), (40, 20.5, 0), (40, 40, 0), (0, 40, 0),
            ], closed: true)
        let defects = try kinds(sketch, Check.Limits(thicknessMM: 3))
        #expect(defects.map(\.kind) == [.thinSlot, .thinWeb])
        #expect(defects.map(\.place) == [Point(80.25, 35), Point(50, 20)])
    }

    @Test func islandsAndCirclesOfLinesAreReported() throws {
        var sketch = Sketch()
        sketch.rectangle(0, 0, 200, 100)
        sketch.circle(50, 50, 20)
        sketch.circle(50, 50, 10)
        let corners = (0..<24).map { corner -> (Double, Double, Double) in
            let angle = Double(corner) * .pi / 12
            return (150 + 10 * cos(angle), 50 + 10 * sin(angle), 0)
        }
        sketch.polyline(corners, closed: true)
        let defects = try kinds(sketch)
        #expect(defects.map(\.kind) == [.island, .polygonCircle])
        #expect(defects[0].place == Point(50, 50) && agree(defects[1].sizeMM ?? 0, 20))
    }

    @Test func unlistedDefectsAreCounted() throws {
        var sketch = Sketch()
        for place in 0..<1010 { sketch.line((0, Double(place)), (5, Double(place))) }
        let defects = try kinds(sketch)
        #expect(defects.count { $0.kind == .openContour } == 1000)
        #expect(
            defects.contains { $0.kind == .notListed && $0.consequence == "10 more of kind 'open-contour' are not listed: there are 1010" })
    }

    @Test func duplicatesHaveATimeIfTheFeedIsKnown() throws {
        var sketch = Sketch()
        sketch.rectangle(0, 0, 100, 50)
        sketch.line((0, 0), (100, 0))
        let defects = try kinds(sketch, Check.Limits(feed: 6000))
        #expect(defects.map(\.kind).contains(.duplicate) && defects.first { $0.kind == .duplicate }?.seconds == 1)
    }

    /// Sides, hole diameter and unit of a plate, and the unit that its numbers look like.
    @Test(
        arguments: [
            (2440.0, 1220.0, 20.0, 1, "millimetres"), (0.12, 0.09, 0.01, 4, "metres"), (3.5, 2.375, 0.28125, 0, "inches"),
            (1200, 800, 10, 6, "millimetres"), (120, 90, 11, 4, nil), (12, 8, 0.28125, 1, nil), (50, 50, 5, 0, nil),
            (12.5, 6.25, 3, 4, nil),
            (1500, 3000, 8, 0, nil), (90, 40, 3.2, 4, nil),
        ] as [(Double, Double, Double, Int, String?)])
    func wrongUnitsAreSuspected(width: Double, height: Double, hole: Double, units: Int, looksLike: String?) throws {
        var sketch = Sketch()
        sketch.section("HEADER") { $0.add((9, "$INSUNITS"), (70, units)) }
        sketch.section("ENTITIES") {
            $0.rectangle(0, 0, width, height)
            $0.circle(width / 2, height / 2, hole / 2)
        }
        let found = try kinds(sketch).filter { $0.kind == .unitSuspect }
        #expect(found.isEmpty == (looksLike == nil))
        if let looksLike { #expect(found.first?.consequence.contains(looksLike) == true) }
    }
}
