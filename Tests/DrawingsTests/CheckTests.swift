import Drawings
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

    @Test func eachFaultIsNamedWithItsPlaceAndSize() throws {
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

    @Test func nothingToCutIsAnError() throws {
        var sketch = Sketch()
        sketch.add((0, "TEXT"), (8, "0"), (1, "empty"))
        #expect(try kinds(sketch).map(\.kind) == [.noGeometry, .textNotOutlined])
    }

    @Test func aBowTieCrossesItself() throws {
        var sketch = Sketch()
        sketch.polyline([(0, 0, 0), (10, 10, 0), (10, 0, 0), (0, 10, 0)], closed: true)
        let defects = try kinds(sketch)
        // Its two triangles turn against each other: it has no area, and is found all the same.
        #expect(defects.map(\.kind) == [.selfCrossing])
        #expect(defects.first?.place == Point(5, 5))
    }
}
