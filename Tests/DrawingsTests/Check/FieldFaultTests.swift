import Drawings
import Glibc
import Testing

/// Faults that occur in drawings from practice, and similar drawings without faults.
struct FieldFaultTests {
    private func check(_ sketch: Sketch, _ limits: Check.Limits = Check.Limits()) throws -> [Defect] {
        let drawing = try Drawing(reading: sketch.bytes())
        return drawing.check(try drawing.measure(Measure.Options(process: .cut)), limits)
    }

    private func kinds(_ sketch: Sketch, _ limits: Check.Limits = Check.Limits()) throws -> [Defect.Kind] {
        try check(sketch, limits).map(\.kind)
    }

    private func header(_ units: Int?) -> Sketch {
        var sketch = Sketch()
        guard let units else { return sketch }
        sketch.section("HEADER") { $0.add((9, "$INSUNITS"), (70, units)) }
        return sketch
    }

    /// A living hinge whose slits are shortened at its edge, one of waves, and a dial.
    @Test func regularSlitsAreOneNote() throws {
        var hinge = Sketch(), waves = Sketch(), dial = Sketch()
        hinge.rectangle(0, 0, 200, 100)
        waves.rectangle(0, 0, 200, 100)
        dial.circle(0, 0, 50)
        for place in 0..<14 {
            let x = 60 + 4 * Double(place), isOdd = place % 2 == 1
            hinge.line((x, isOdd ? 5 : 20), (x, isOdd ? 45 : 80))
            if isOdd { hinge.line((x, 55), (x, 95)) }
            waves.polyline([(x, 10, 0.3), (x, 50, -0.3), (x, 90, 0)], closed: false)
            let turn = 2 * .pi * Double(place) / 14
            dial.line((40 * cos(turn), 40 * sin(turn)), (45 * cos(turn), 45 * sin(turn)))
        }
        for (sketch, count, pierces) in [(hinge, 21, 22), (waves, 14, 15), (dial, 14, 15)] {
            let defects = try check(sketch), told = defects.filter { $0.kind == .slits }
            #expect(defects.allSatisfy { $0.severity == .note } && !told.isEmpty && told.count <= 2, "\(defects)")
            #expect(told.compactMap { Int($0.consequence.prefix { $0.isNumber }) }.reduce(0, +) == count)
            #expect(try sketch.measured().pierces == pierces)
        }
    }

    /// Loose lines are errors: a few lines, lines of various lengths, at irregular distances, and outside of any outline.
    @Test func irregularOpenLinesAreNotSlits() throws {
        var few = Sketch(), mixed = Sketch(), odd = Sketch(), alone = Sketch()
        few.rectangle(0, 0, 200, 100)
        mixed.rectangle(0, 0, 200, 100)
        odd.rectangle(0, 0, 200, 100)
        for place in 0..<3 { few.line((50 + 4 * Double(place), 20), (50 + 4 * Double(place), 80)) }
        for place in 0..<9 {
            mixed.line((50 + 4 * Double(place), 20), (50 + 4 * Double(place), 40 + 5 * Double(place)))
            odd.line((10 + 2 * Double(place * place), 20), (10 + 2 * Double(place * place), 80))
            alone.line((4 * Double(place), 0), (4 * Double(place), 60))
        }
        for sketch in [few, mixed, odd, alone] {
            let defects = try check(sketch)
            #expect(defects.contains { $0.kind == .openContour && $0.severity == .error } && !defects.contains { $0.kind == .slits })
        }
    }

    /// Four strokes from the centre or two through it, ending inside or outside the circle.
    @Test(arguments: [(true, 0.75, Defect.Severity.warning), (false, 0.75, .warning), (true, 1.5, .error), (false, 1.5, .error)])
    func centreMarksAreReportedOnce(areHalves: Bool, reach: Double, severity: Defect.Severity) throws {
        var sketch = Sketch()
        sketch.rectangle(0, 0, 200, 60)
        for x in [30.0, 80, 130] {
            let r = 8 * reach
            sketch.circle(x, 30, 8)
            if areHalves {
                for (dx, dy) in [(r, 0.0), (-r, 0), (0, r), (0, -r)] { sketch.line((x, 30), (x + dx, 30 + dy)) }
            } else {
                sketch.line((x - r, 30), (x + r, 30))
                sketch.line((x, 30 - r), (x, 30 + r))
            }
        }
        let defects = try check(sketch)
        #expect(defects.map(\.kind) == [.centreMarks] && defects.map(\.severity) == [severity], "\(defects)")
        #expect(agree(defects[0].sizeMM ?? 0, 12 * 8 * reach) && defects[0].consequence.contains("3 circles"))
        // Crossings elsewhere are still reported.
        sketch.line((70, 50), (90, 55))
        sketch.line((70, 55), (90, 50))
        #expect(try kinds(sketch).contains(.crossing))
    }

    @Test func aLineThroughACircleIsNotACentreMark() throws {
        var sketch = Sketch()
        sketch.rectangle(0, 0, 200, 60)
        sketch.circle(100, 30, 8)
        sketch.line((90, 30), (110, 30))
        #expect(try !kinds(sketch).contains(.centreMarks))
    }

    /// Round, square and narrow reliefs in the corners of a pocket, and in those of a window.
    @Test func reliefsOfCornersAreNotSlots() throws {
        let round = tan(3 * Double.pi / 8)
        var pocket = Sketch(), window = Sketch(), square = Sketch(), deep = Sketch()
        pocket.polyline(
            [
                (0, 0, 0), (100, 0, 0), (100, 60, 0), (70, 60, 0), (70, 31, -round), (69, 30, 0), (31, 30, -round), (30, 31, 0),
                (30, 60, 0),
                (0, 60, 0),
            ], closed: true)
        window.rectangle(0, 0, 100, 60)
        window.polyline(
            [
                (31, 20, 0), (69, 20, round), (70, 21, 0), (70, 39, round), (69, 40, 0), (31, 40, round), (30, 39, 0), (30, 21, round),
            ], closed: true)
        for (sketch, depth) in [(0, 2.0), (1, 9.0)] {
            let corners = [(0.0, 0.0), (100, 0), (100, 80), (61.5, 80), (61.5, 80 - depth), (60, 80 - depth), (60, 80), (0, 80)]
            let notched = corners.map { ($0.0, $0.1, 0.0) }
            if sketch == 0 { square.polyline(notched, closed: true) } else { deep.polyline(notched, closed: true) }
        }
        for sketch in [pocket, window, square] {
            #expect(try !kinds(sketch, Check.Limits(thicknessMM: 10)).contains(.thinSlot))
        }
        #expect(try kinds(deep, Check.Limits(thicknessMM: 10)).contains(.thinSlot))
    }

    /// A gap that the cut bridges, and one that it does not.
    @Test(arguments: [(0.05, Defect.Severity.warning), (0.14, .warning), (0.16, .error), (0.8, .error)])
    func aGapWithinTheCutIsAWarning(gap: Double, severity: Defect.Severity) throws {
        var sketch = Sketch()
        sketch.polyline([(0, 0, 0), (50, 0, 0), (50, 40, 0), (0, 40, 0), (0, gap, 0)], closed: false)
        let defects = try check(sketch)
        #expect(defects.map(\.kind) == [.openContour] && defects.map(\.severity) == [severity])
        #expect(agree(defects[0].gapMM ?? 0, gap))
    }

    /// A tile of parts with common edges, with and without an outer edge, is not a drawing sheet.
    @Test func partsWithCommonEdgesAreNotASheet() throws {
        for isFramed in [false, true] {
            var tile = Sketch()
            if isFramed { tile.rectangle(0, 0, 120, 120) }
            for place in 1...3 {
                let x = 30 * Double(place)
                tile.line((x, 0), (x, 120))
                for row in 0..<2 {
                    let y = x - 15 + 30 * Double(row)
                    tile.line((x - 30, y), (x, y))
                }
            }
            for row in 0..<3 { tile.line((90, 30 * Double(row) + 20), (120, 30 * Double(row) + 20)) }
            #expect(try !kinds(tile).contains(.drawingSheet))
        }
    }

    /// The unit is suspected by the sides and by the sizes of most holes.
    @Test func mostSizesDetermineTheLikelyUnit() throws {
        func plate(_ units: Int?, _ width: Double, _ height: Double, _ holes: [Double], stray: Bool = false) throws -> String? {
            var sketch = header(units)
            sketch.section("ENTITIES") {
                $0.rectangle(0, 0, width, height)
                let step = width / Double(holes.count + 1)
                for (place, size) in holes.enumerated() {
                    let x = step * Double(place + 1)
                    if place % 2 == 0 { $0.circle(x, height / 2, size / 2) } else { $0.rectangle(x - size / 2, height / 3, size, size) }
                }
                if stray { $0.rectangle(width + 4000, 0, 10, 10) }
            }
            return try check(sketch).first { $0.kind == .unitSuspect }?.consequence
        }
        let keys = [Double](repeating: 13.85, count: 10)
        #expect(try plate(1, 212.3, 133.69, keys)?.contains("millimetres (212.3 mm)") == true)
        #expect(try plate(1, 100, 80.3, [5.5, 9, 5.5, 9, 5.5])?.contains("millimetres") == true)
        #expect(try plate(1, 233, 81, keys, stray: true)?.contains("millimetres (233 mm)") == true)
        #expect(try plate(nil, 5.44, 6.44, [4.3, 0.55])?.contains("inches (163.576 mm)") == true)
        #expect(try plate(nil, 7.3, 3.2, [0.201, 0.25, 0.201, 1.1])?.contains("inches") == true)
        #expect(try plate(4, 14.2, 9.1, [0.25, 2])?.contains("inches") == true)
        // A washer, a small plate with a pilot hole, a sheet of 4 by 8 feet, and a truss of 5 m with holes of one inch.
        #expect(try plate(4, 9, 9, [4.3]) == nil)
        #expect(try plate(4, 60.3, 40.2, [5, 0.5, 5, 5]) == nil)
        #expect(try plate(1, 96, 48, [5, 6, 5]) == nil)
        #expect(try plate(1, 200.5, 20.25, [0.5, 1.25, 0.5]) == nil)
    }

    @Test(arguments: [(1, true), (2, true), (9, false)]) func piecesFarFromTheRestAreReported(pieces: Int, isStray: Bool) throws {
        var sketch = header(4)
        sketch.section("ENTITIES") {
            $0.rectangle(0, 0, 200, 100)
            for place in 0..<12 { $0.circle(10 + 15 * Double(place), 50, 3) }
            for place in 0..<pieces { $0.rectangle(9000 + 20 * Double(place), 4000, 12, 7) }
        }
        let found = try check(sketch).filter { $0.kind == .stray }
        #expect(found.count == (isStray ? pieces : 0) && found.allSatisfy { $0.severity == .warning })
        if isStray { #expect(agree(found[0].sizeMM ?? 0, hypot(8800, 3900)) && found[0].place == Point(9006, 4003.5)) }
    }

    /// One piece beside a plate with one hole: 10 m away, and within the usual distance between parts.
    @Test(arguments: [(10_000.0, true), (1500, false)]) func aSinglePieceFarAwayIsAStray(distance: Double, isStray: Bool) throws {
        var sketch = header(4)
        sketch.section("ENTITIES") {
            $0.rectangle(0, 0, 120, 80)
            $0.circle(60, 40, 10)
            $0.circle(60, 80 + distance + 5, 5)
        }
        #expect(try kinds(sketch).contains(.stray) == isStray)
    }

    /// Parts beside each other have no strays, nor does a long part with all its holes at one end.
    @Test func partsBesideEachOtherAreNotStrays() throws {
        var pair = Sketch(), beam = Sketch()
        for place in 0..<6 { pair.rectangle(600 * Double(place), 0, 200, 100) }
        beam.rectangle(0, 0, 6000, 100)
        for place in 0..<8 { beam.circle(20 + 20 * Double(place), 50, 5) }
        for sketch in [pair, beam] { #expect(try !kinds(sketch).contains(.stray)) }
    }

    /// A block in another file: drawn, only defined, overlaid, or included.
    @Test(
        arguments: [
            (4, true, false, true), (8, true, false, true), (4, false, false, false), (4, true, true, false), (0, true, false, false),
        ])
    func missingExternalFilesAreReported(flags: Int, isDrawn: Bool, isHere: Bool, isMissing: Bool) throws {
        var sketch = Sketch()
        sketch.section("BLOCKS") {
            $0.add((0, "BLOCK"), (8, "0"), (2, "HOLES"), (70, flags), (10, 0), (20, 0), (3, "HOLES"), (1, "C:\\parts\\holes.dwg"))
            if isHere { $0.circle(20, 20, 4) }
            $0.add((0, "ENDBLK"))
        }
        sketch.section("ENTITIES") {
            $0.rectangle(0, 0, 100, 50)
            if isDrawn { for x in [0, 50] { $0.add((0, "INSERT"), (8, "0"), (2, "HOLES"), (10, x), (20, 0)) } }
        }
        let found = try check(sketch).filter { $0.kind == .externalReference }
        #expect(found.count == (isMissing ? 1 : 0))
        #expect(found.allSatisfy { $0.severity == .warning && $0.forbidsPricing && $0.consequence.contains("C:\\parts\\holes.dwg") })
        #expect(try sketch.measured().externals == (isMissing ? ["C:\\parts\\holes.dwg"] : []))
    }

    /// Geometry that is vertical, inclined, in a rotated block, at two heights, or parallel to the plane.
    @Test func geometryOutsideThePlaneIsReported() throws {
        func found(_ body: (inout Sketch) -> Void) throws -> [Defect] {
            var sketch = Sketch()
            body(&sketch)
            return try check(sketch)
        }
        func frame(_ sketch: inout Sketch, _ corners: [(Double, Double, Double)]) {
            for (a, b) in zip(corners, corners.dropFirst() + corners.prefix(1)) {
                sketch.add((0, "LINE"), (8, "0"), (10, a.0), (20, a.1), (30, a.2), (11, b.0), (21, b.1), (31, b.2))
            }
        }
        let upright = try found { frame(&$0, [(0, 0, 0), (100, 0, 0), (100, 0, 50), (0, 0, 50)]) }
        #expect(upright.map(\.kind) == [.notFlat] && upright[0].severity == .error && upright[0].consequence.contains("z from 0 to 50 mm"))
        let leaning = try found { frame(&$0, [(0, 0, 0), (100, 0, 0), (100, 40, 30), (0, 40, 30)]) }
        #expect(leaning.map(\.kind) == [.notFlat] && leaning[0].severity == .error)
        let circle = try found { $0.add((0, "CIRCLE"), (8, "0"), (10, 0), (20, 0), (30, 5), (40, 20), (210, 1), (220, 0), (230, 0)) }
        #expect(circle.map(\.kind) == [.notFlat] && circle[0].consequence.contains("z from -20 to 20 mm"))
        let turned = try found {
            $0.section("BLOCKS") { $0.block("A") { $0.rectangle(0, 0, 100, 50) } }
            $0.section("ENTITIES") { $0.add((0, "INSERT"), (8, "0"), (2, "A"), (10, 0), (20, 0), (210, 1), (220, 0), (230, 0)) }
        }
        #expect(turned.first?.kind == .notFlat && turned.first?.severity == .error)
        let stepped = try found {
            frame(&$0, [(0, 0, 0), (100, 0, 0), (100, 50, 0), (0, 50, 0)])
            frame(&$0, [(20, 20, 8), (40, 20, 8), (40, 40, 8), (20, 40, 8)])
        }
        #expect(stepped.map(\.kind) == [.notFlat] && stepped[0].severity == .warning && stepped[0].consequence.contains("z from 0 to 8 mm"))
        let lifted = try found { frame(&$0, [(0, 0, 12), (100, 0, 12), (100, 50, 12), (0, 50, 12)]) }
        #expect(lifted.map(\.kind) == [.notFlat] && lifted[0].severity == .note && lifted[0].consequence.contains("z is 12 mm"))
        // Mirrored, and with the deviations of programs that draw in three dimensions.
        let mirrored = try found { $0.add((0, "CIRCLE"), (8, "0"), (10, 0), (20, 0), (40, 20), (210, 0), (220, 0), (230, -1)) }
        let noise = try found { frame(&$0, [(0, 0, 0), (100, 0, 1e-6), (100, 50, 0), (0, 50, -2e-5)]) }
        #expect(mirrored.isEmpty && noise.isEmpty)
    }

    /// A knot with a multiplicity of degree + 1 breaks the curve: two subpaths of one path in SVG.
    @Test(arguments: [(4, 2), (3, 1)]) func aSplineWithABreakIsTwoPiecesInSVG(times: Int, pieces: Int) throws {
        var sketch = Sketch()
        let count = times == 4 ? 8 : 7
        sketch.add((0, "SPLINE"), (8, "0"), (71, 3), (72, count + 4), (73, count))
        for knot in [0, 0, 0, 0] + [Int](repeating: 1, count: times) + [2, 2, 2, 2] { sketch.add((40, knot)) }
        for place in 0..<count { sketch.add((10, 10 * place), (20, place * place)) }
        let drawing = try Drawing(reading: sketch.bytes()), measured = try drawing.measure()
        #expect(measured.notes.contains { $0.kind == .splineBroken } == (pieces == 2))
        let svg = String(decoding: try drawing.svg(), as: UTF8.self), path = try #require(svg.split(separator: "<path d=\"").last)
        #expect(path.prefix { $0 != "\"" }.count { $0 == "M" } == pieces && !path.prefix { $0 != "\"" }.contains("L"))
        #expect(measured.contourCount == 1)
    }

    /// A distance equal to the tolerance is a repeat, whatever the last bit is.
    @Test(arguments: [(0.01, 1), (0.0100001, 0)]) func repeatsAtTheToleranceAreCounted(off: Double, repeats: Int) throws {
        for place in 0..<40 {
            var sketch = Sketch()
            let y = 5.803418 + 0.37 * Double(place)
            sketch.line((0, y), (30, y))
            sketch.line((30, y + off), (0, y + off))
            #expect(try sketch.measured().duplicateSegments == repeats, "\(y)")
        }
    }

    /// More than three similar defects are one row. Those of another text or severity are not among them.
    @Test func manySimilarDefectsAreOneGroup() throws {
        var sketch = Sketch()
        sketch.rectangle(0, 0, 400, 100)
        for place in 0..<9 { sketch.circle(20 + 40 * Double(place), 50, place < 6 ? 1 : 1.25) }
        for place in 0..<3 { sketch.rectangle(20 + 40 * Double(place), 80, 20, 2) }
        let defects = try check(sketch, Check.Limits(thicknessMM: 4)), groups = DefectGroup.grouped(defects)
        #expect(defects.count == 12 && groups.map(\.count) == [9, 1, 1, 1])
        #expect(groups[0].places == [Point(20, 50), Point(60, 50), Point(100, 50)])
        #expect(groups[0].consequence.hasSuffix("; 8 more like it, 2 to 2.5 mm, at 60,50 and 100,50"))
        #expect(DefectGroup.single(defects).map(\.count) == [Int](repeating: 1, count: 12))
        #expect(groups.reduce(0) { $0 + $1.count } == defects.count)
    }
}
