import Drawings
import Testing

struct SheetTests {
    /// One hundred drawings to be cut and one hundred sheets: at least 95 of a hundred sheets are recognised, and of a hundred that
    /// are taken for sheets at least 95 are some.
    @Test func sheetsAreToldFromDrawingsToBeCut() throws {
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

    /// Of a sheet the part in its largest view is measured as it was drawn there.
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

    /// Slots of three lines that stay open are a fault, but no dimensions.
    @Test func openSlotsAreNoDimensions() throws {
        var sketch = Sketch()
        for x in [0.0, 30, 60, 90] {
            sketch.line((x, 0), (x, 40))
            sketch.line((x, 40), (x + 10, 40))
            sketch.line((x + 10, 40), (x + 10, 0))
        }
        sketch.rectangle(0, -50, 100, 40)
        #expect(try sketch.measured().sheet == nil)
    }

    /// One rectangle in another is a frame on paper only where something else says so: as a part it is a ring with parts nested in it,
    /// or one whose outlines a program wrote twice.
    @Test(arguments: [0.05, 1, 12]) func ringsAreNoFrames(width: Double) throws {
        var sketch = Sketch()
        sketch.rectangle(0, 0, 420, 297)
        sketch.rectangle(width, width, 420 - 2 * width, 297 - 2 * width)
        for x in [80.0, 180, 280] {
            sketch.circle(x, 150, 40)
            sketch.circle(x, 150, 40 - width)
        }
        #expect(try sketch.measured().sheet == nil)
    }

    @Test func aSheetIsOneErrorAndItsPartIsChecked() throws {
        let drawing = try Drawing(reading: SheetMaker(0).sketch.bytes())
        let defects = drawing.check(try drawing.measure(Measure.Options(process: .cut)))
        #expect(defects.filter { $0.severity == .error }.map(\.kind) == [.drawingSheet])
        let part = drawing.check(try drawing.measure(Measure.Options(process: .cut, isolates: true)))
        #expect(part.first { $0.kind == .drawingSheet }?.severity == .note && !part.contains { $0.severity == .error })
    }
}
