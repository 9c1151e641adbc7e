import Drawings
import Testing

struct SheetTests {
    /// One hundred drawings of parts and one hundred drawing sheets: at least 95 of 100 sheets are recognised, and at least 95 of 100
    /// recognised drawings are sheets.
    @Test func sheetsAreDistinguishedFromParts() throws {
        var (found, missed, wrong) = (0, [Int](), [String]())
        for number in 0..<100 {
            let drawing = try Drawing(reading: MadeDrawing.draw(number).bytes()).measure()
            if let sheet = drawing.sheet { wrong.append("\(number): \(sheet.reason)") }
            let sheet = try Drawing(reading: SheetMaker(number).sketch.bytes()).measure()
            if sheet.sheet == nil { missed.append(number) } else { found += 1 }
        }
        print("sheets: \(found) of 100 recognised, \(wrong.count) of 100 drawings taken for one")
        #expect(found >= 95, "missed \(missed)")
        #expect(Double(found) >= 0.95 * Double(found + wrong.count), "\(wrong)")
    }

    /// The part in the largest view of a sheet is measured as drawn there.
    @Test func partsAreIsolatedFromTheirSheets() throws {
        var (sheets, wrong) = (0, [String]())
        for number in 0..<100 {
            let made = SheetMaker(number)
            let measured = try Drawing(reading: made.sketch.bytes()).measure(Measure.Options(process: .cut, isolates: true))
            guard let sheet = measured.sheet else { continue }
            sheets += 1
            let isRight =
                sheet.isIsolated && measured.pierces == made.part.pierces
                && abs(measured.cutLengthMM - made.part.length) < 1e-3 * made.part.length
            if !isRight {
                wrong.append("\(number): \(measured.pierces) of \(made.part.pierces), \(measured.cutLengthMM) of \(made.part.length)")
            }
        }
        print("sheets: \(sheets - wrong.count) of \(sheets) parts isolated")
        #expect(wrong.count * 20 <= sheets, "\(wrong)")
    }

    /// Three views in a double frame of lines, with one text and two dimensions, whose extension lines touch the outline or not, inside or
    /// outside the frame.
    private func views(_ number: Int) -> Sketch {
        var random = SeededNumbers(seed: UInt64(number) &* 31_337 &+ 5)
        var sketch = Sketch()
        let margin = random.real(5...25), (gap, beyond) = (random.chance(0.5) ? 1.0 : 0, random.chance(0.5) ? 2.0 : 0)
        for (x, y, w, h) in [
            (0, 0, 420, 297), (margin, margin, 420 - 2 * margin, 297 - 2 * margin), (80, 130, 120, 70), (80, 90, 120, 12),
            (230, 130, 12, 70),
        ] as [(Double, Double, Double, Double)] {
            for (a, b) in [((x, y), (x + w, y)), ((x + w, y), (x + w, y + h)), ((x + w, y + h), (x, y + h)), ((x, y + h), (x, y))] {
                sketch.line(a, b)
            }
        }
        sketch.circle(110, 165, 10)
        sketch.circle(170, 165, 6)
        sketch.add((0, "TEXT"), (8, "0"), (10, 300), (20, 40), (40, 5), (1, "PLATE"))
        let (low, left) = (random.chance(0.4) ? -12.0 : 65, random.chance(0.4) ? -15.0 : 55)
        dimension(&sketch, number, (80, low), (200, low), from: (80, 90 - gap), (200, 90 - gap), beyond: (0, -beyond))
        dimension(&sketch, number, (left, 130), (left, 200), from: (80 - gap, 130), (80 - gap, 200), beyond: (-beyond, 0))
        return sketch
    }

    private typealias Place = (Double, Double)

    /// A dimension with arrowheads of three lines or of two, or with ticks.
    private func dimension(_ sketch: inout Sketch, _ number: Int, _ a: Place, _ b: Place, from: Place, _ to: Place, beyond: Place) {
        sketch.line(a, b)
        sketch.line(from, (a.0 + beyond.0, a.1 + beyond.1))
        sketch.line(to, (b.0 + beyond.0, b.1 + beyond.1))
        let way = a.1 == b.1 ? (3.0, 0.0) : (0.0, 3.0)
        for (tip, sign) in [(a, 1.0), (b, -1.0)] {
            let one = (tip.0 + sign * way.0 + way.1 / 6, tip.1 + sign * way.1 + way.0 / 6)
            let two = (tip.0 + sign * way.0 - way.1 / 6, tip.1 + sign * way.1 - way.0 / 6)
            switch number % 3 {
            case 0: for (p, q) in [(tip, one), (one, two), (two, tip)] { sketch.line(p, q) }
            case 1: for p in [one, two] { sketch.line(tip, p) }
            default: sketch.line((tip.0 - 1, tip.1 - 1), (tip.0 + 1, tip.1 + 1))
            }
        }
    }

    @Test func threeViewsWithExplodedDimensionsAreASheet() throws {
        var (missed, wrong) = ([Int](), [String]())
        for number in 0..<60 {
            let measured = try views(number).measured(Measure.Options(isolates: true))
            guard measured.sheet != nil else {
                missed.append(number)
                continue
            }
            let isRight = measured.pierces == 3 && abs(measured.cutLengthMM - (380 + 32 * .pi)) < 0.01
            if !isRight { wrong.append("\(number): \(measured.pierces), \(measured.cutLengthMM)") }
        }
        #expect(missed.isEmpty && wrong.isEmpty, "\(missed) \(wrong)")
    }

    /// Parts that resemble a frame or views: a border of holes, a nameplate with an engraved double border, the parts of a bracket beside
    /// each other, the panels of a box, and the same panels within a plate.
    @Test(arguments: 0..<5) func partsWithBordersAreNotSheets(number: Int) throws {
        var sketch = Sketch()
        switch number {
        case 0:
            sketch.rectangle(0, 0, 420, 297)
            for x in 0..<20 { for y in [10.0, 287] { sketch.circle(20 + 20 * Double(x), y, 3) } }
            for y in 1..<13 { for x in [20.0, 400] { sketch.circle(x, 20 * Double(y) + 10, 3) } }
        case 1:
            for inset in [0.0, 5, 8] {
                sketch.rectangle(inset, inset, 200 - 2 * inset, 120 - 2 * inset, layer: inset > 0 ? "ENGRAVE" : "0")
            }
            for (x, y) in [(10.0, 10.0), (190, 10), (10, 110), (190, 110)] { sketch.circle(x, y, 1.5) }
            for stroke in 0..<40 { sketch.line((40 + 3 * Double(stroke), 60), (41 + 3 * Double(stroke), 66), layer: "ENGRAVE") }
            sketch.add((0, "TEXT"), (8, "0"), (10, 40), (20, 40), (40, 5), (1, "PUMP 3"))
        case 2:
            for (x, y, w, h) in [(0.0, 0.0, 120.0, 80.0), (140, 0, 60, 80), (0, 100, 120, 40)] {
                sketch.rectangle(x, y, w, h)
                sketch.circle(x + 20, y + 20, 4)
            }
            sketch.add((0, "TEXT"), (8, "0"), (10, 0), (20, -10), (40, 5), (1, "t=3"))
        case 3:
            for (x, y, w, h) in [(0.0, 0.0, 120.0, 80.0), (130, 0, 40, 80), (0, 90, 120, 40)] { sketch.rectangle(x, y, w, h) }
            sketch.add((0, "TEXT"), (8, "0"), (10, 0), (20, -10), (40, 5), (1, "BOX"))
        default:
            sketch.rectangle(-40, -40, 300, 240)
            for (x, y, w, h) in [(0.0, 0.0, 120.0, 80.0), (130, 0, 40, 80), (0, 90, 120, 40)] { sketch.rectangle(x, y, w, h) }
        }
        #expect(try sketch.measured().sheet == nil)
    }

    /// Open slots of three lines are a fault, but not dimensions.
    @Test func openSlotsAreNotDimensions() throws {
        var sketch = Sketch()
        for x in [0.0, 30, 60, 90] {
            sketch.line((x, 0), (x, 40))
            sketch.line((x, 40), (x + 10, 40))
            sketch.line((x + 10, 40), (x + 10, 0))
        }
        sketch.rectangle(0, -50, 100, 40)
        #expect(try sketch.measured().sheet == nil)
    }

    /// Nested rectangles are a frame only with other evidence of a sheet. As a part they are a ring with nested parts, or outlines that a
    /// program wrote twice.
    @Test(arguments: [0.05, 1, 12]) func ringsAreNotFrames(width: Double) throws {
        var sketch = Sketch()
        sketch.rectangle(0, 0, 420, 297)
        sketch.rectangle(width, width, 420 - 2 * width, 297 - 2 * width)
        for x in [80.0, 180, 280] {
            sketch.circle(x, 150, 40)
            sketch.circle(x, 150, 40 - width)
        }
        #expect(try sketch.measured().sheet == nil)
    }

    @Test func aSheetIsOneErrorAndItsPartCanBeChecked() throws {
        let drawing = try Drawing(reading: SheetMaker(0).sketch.bytes())
        let defects = drawing.check(try drawing.measure(Measure.Options(process: .cut)))
        #expect(defects.filter { $0.severity == .error }.map(\.kind) == [.drawingSheet])
        let part = drawing.check(try drawing.measure(Measure.Options(process: .cut, isolates: true)))
        #expect(part.first { $0.kind == .drawingSheet }?.severity == .note && !part.contains { $0.severity == .error })
    }
}
