import Drawings
import Glibc
import Testing

/// Clean drawings with one added fault, which is reported with its place and size.
struct GeneratedFaultTests {
    /// A fault of a kind, with its place and size if the check reports them.
    private struct Fault {
        var kind: Defect.Kind
        var place: Point?
        var size: Double?
        var gap: Double?
    }

    private static let limits = Check.Limits(thicknessMM: 3, bedWidthMM: 3000, bedHeightMM: 1500)

    /// A plate of 400 x 300 mm with holes at its corners. Its centre is free for the fault.
    private func plate(_ dice: inout Dice) -> Sketch {
        var sketch = Sketch()
        sketch.rectangle(0, 0, 400, 300)
        for x in [50.0, 350] {
            for y in [50.0, 250] { sketch.circle(x + dice.real(-9, 9), y + dice.real(-9, 9), dice.real(2, 20)) }
        }
        return sketch
    }

    private func put(_ number: Int, into sketch: inout Sketch, _ dice: inout Dice) -> Fault {
        let (x, y, l) = (dice.real(150, 200), dice.real(120, 140), dice.real(10, 40))
        switch number {
        case 0:
            let gap = dice.real(0.02, 0.9)
            sketch.polyline([(x, y, 0), (x + l, y, 0), (x + l, y + l, 0), (x, y + l, 0), (x, y + gap, 0)], closed: false)
            return Fault(kind: .openContour, gap: gap)
        case 1:
            sketch.line((x, y), (x + l, y + l))
            return Fault(kind: .openContour, size: l * 2.0.squareRoot())
        case 2:
            sketch.circle(x, y, l)
            sketch.circle(x, y, l)
            return Fault(kind: .duplicate, size: 2 * .pi * l)
        case 3:
            sketch.rectangle(x, y, l, l / 2)
            sketch.line((x + l, y), (x, y))
            return Fault(kind: .duplicate, place: Point(x + l / 2, y), size: l)
        case 4:
            sketch.line((x, y), (x + l, y))
            sketch.line((x + l / 2, y), (x + 2 * l, y))
            return Fault(kind: .overlap, size: l / 2)
        case 5:
            sketch.circle(x, y, l)
            sketch.circle(x + l * dice.real(0.2, 1.8), y, l)
            return Fault(kind: .crossing)
        case 6:
            sketch.rectangle(x, y, l, l)
            sketch.rectangle(x + l / 2, y - 5, 4, 9)
            return Fault(kind: .crossing)
        case 7:
            sketch.polyline([(x, y, 0), (x + l, y + l, 0), (x + l, y, 0), (x, y + 2 * l, 0)], closed: true)
            return Fault(kind: .selfCrossing)
        case 8:
            sketch.line((x, y), (x + 0.005, y))
            return Fault(kind: .tiny, place: Point(x, y), size: 0.005)
        case 9:
            let radius = dice.real(0.2, 1.4)
            sketch.circle(x, y, radius)
            return Fault(kind: .smallHole, place: Point(x, y), size: 2 * radius)
        case 10:
            sketch.rectangle(x, y, l, dice.real(0.5, 2.9))
            return Fault(kind: .smallHole)
        case 11:
            for end in 0..<3 { sketch.line((x, y), (x + l * cos(2 * Double(end)), y + l * sin(2 * Double(end)))) }
            return Fault(kind: .junction, place: Point(x, y))
        default:
            sketch.rectangle(0, 1000, 3001 + l, 20)
            return Fault(kind: .tooLarge, size: 3001 + l)
        }
    }

    private func defects(_ sketch: Sketch, units: Units? = nil) throws -> [Defect] {
        let drawing = try Drawing(reading: sketch.bytes())
        return drawing.check(try drawing.measure(Measure.Options(units: units)), Self.limits)
    }

    @Test(arguments: 0..<13) func everyAddedFaultIsReported(number: Int) throws {
        for seed in 0..<10 {
            var dice = Dice(1000 * number + seed)
            var sketch = plate(&dice)
            #expect(try defects(sketch).isEmpty)
            let fault = put(number, into: &sketch, &dice)
            let found = try defects(sketch).filter { $0.kind == fault.kind }
            let named = found.contains { defect in
                (fault.place.map { place in defect.place.map { hypot($0.x - place.x, $0.y - place.y) < 0.01 } ?? false } ?? true)
                    && (fault.size.map { agree(defect.sizeMM ?? 0, $0) } ?? true)
                    && (fault.gap.map { agree(defect.gapMM ?? 0, $0) } ?? true)
            }
            #expect(named, "\(fault.kind) of seed \(seed): \(found)")
        }
    }

    /// Numbers of one unit declared as another.
    @Test(arguments: [Units.inch, Units.of(code: 6), Units.of(code: 9)]) func wrongUnitsAreSuspected(units: Units?) throws {
        let units = try #require(units)
        for seed in 0..<5 {
            var dice = Dice(seed)
            var sketch = Sketch()
            let size = units.mmPerUnit > 1 ? dice.real(500, 2000) : dice.real(5, 30)
            sketch.rectangle(0, 0, size, size / 2)
            #expect(try defects(sketch, units: units).contains { $0.kind == .unitSuspect }, "\(size) \(units.word)")
        }
    }
}
