import Drawings
import Glibc
import Testing

/// The edges that each defect names, by which a drawing can be repaired. Each entity of a sketch is an edge, in the order of the entities.
struct DefectEdgesTests {
    private typealias Pen = (inout Sketch) -> Void

    private func defects(_ pens: [Pen], without left: Set<Int32> = [], most: Int = .max, thickness: Double? = nil) throws -> [Defect] {
        var sketch = Sketch()
        for (number, pen) in pens.enumerated() where !left.contains(Int32(number)) { pen(&sketch) }
        let drawing = try Drawing(reading: sketch.bytes())
        return drawing.check(try drawing.measure(), Check.Limits(thicknessMM: thickness), most: most)
    }

    private func edges(_ kind: Defect.Kind, _ pens: [Pen], thickness: Double? = nil) throws -> [[Int32]] {
        try defects(pens, thickness: thickness).filter { $0.kind == kind }.map(\.edges)
    }

    /// Returns the edges of the defects of a kind on a plate, whose four lines are drawn first.
    private func onPlate(_ kind: Defect.Kind, _ pens: [Pen], thickness: Double? = nil) throws -> [[Int32]] {
        try edges(kind, plate + pens, thickness: thickness)
    }

    private var plate: [Pen] { frame(0, 0, 100, 50) }

    private func line(_ a: (Double, Double), _ b: (Double, Double)) -> Pen { { $0.line(a, b) } }
    private func circle(_ x: Double, _ y: Double, _ radius: Double) -> Pen { { $0.circle(x, y, radius) } }
    private func path(_ corners: [(Double, Double)], closed: Bool = false) -> Pen {
        { $0.polyline(corners.map { ($0.0, $0.1, 0) }, closed: closed) }
    }

    /// A rectangle of four lines: the lower, right, upper and left one.
    private func frame(_ x: Double, _ y: Double, _ width: Double, _ height: Double) -> [Pen] {
        let corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]
        return (0..<4).map { line(corners[$0], corners[($0 + 1) % 4]) }
    }

    /// A polyline of the corners of a regular polygon; if it is open, of the first half of them.
    private func ring(_ corners: Int, _ x: Double, _ y: Double, _ radius: Double, closed: Bool = true) -> Pen {
        let places: [(Double, Double)] = (0..<(closed ? corners : corners / 2)).map { corner in
            let angle = 2 * Double.pi * Double(corner) / Double(corners)
            return (x + radius * cos(angle), y + radius * sin(angle))
        }
        return path(places, closed: closed)
    }

    @Test func openContoursAndJunctionsNameTheirLines() throws {
        let pens: [Pen] = [line((10, 10), (20, 10)), line((20, 20), (20, 10))]
        #expect(try onPlate(.openContour, pens) == [[4, 5]])
        let star: [Pen] = [line((10, 10), (20, 10)), line((20, 20), (20, 10)), line((20, 10), (30, 5))]
        #expect(try onPlate(.junction, star) == [[4, 5, 6]])
        #expect(try onPlate(.openContour, star) == [[4], [5], [6]])
    }

    @Test func crossingsNameTheCrossingLines() throws {
        #expect(try onPlate(.crossing, [circle(50, 50, 10)]) == [[2, 4]])
        #expect(try onPlate(.crossing, [line((80, 20), (120, 25))]) == [[1, 4]])
        // Contours that cross at corners of both.
        let diamond = path([(50, -10), (110, 50), (50, 110), (-10, 50)], closed: true)
        #expect(try edges(.crossing, [path([(0, 0), (50, -10), (100, 0), (100, 100), (0, 100)], closed: true), diamond]) == [[0, 1]])
        // The box of the diagonal contains the crossing, the diagonal does not pass it.
        let triangle = [line((0, 0), (100, 0)), line((100, 0), (100, 100)), line((100, 100), (0, 0))]
        #expect(try edges(.crossing, triangle + [circle(80, 0, 5)]) == [[0, 3]])
        let tie = [line((0, 0), (10, 10)), line((10, 10), (10, 0)), line((10, 0), (0, 10)), line((0, 10), (0, 0))]
        #expect(try edges(.selfCrossing, tie) == [[0, 2]])
        let loop = [path([(0, 0), (50, 0)]), path([(50, 0), (50, 30), (20, 30)]), path([(20, 30), (20, -20)])]
        #expect(try edges(.selfCrossing, loop) == [[0, 2]])
    }

    @Test func repeatsNameTheRepeatedLines() throws {
        #expect(try onPlate(.duplicate, [line((100, 0), (0, 0))]) == [[0, 4]])
        // A contour that is drawn again as one polyline.
        let again = path([(0, 0), (60, 0), (100, 0), (100, 20), (100, 50), (30, 50), (0, 50), (0, 10)], closed: true)
        #expect(try onPlate(.duplicate, [again]) == [[0, 1, 2, 3, 4]])
        #expect(try onPlate(.overlap, [line((20, 0), (60, 0)), line((30, 0), (90, 0))]) == [[0, 4], [0, 4, 5]])
        let arc: (Double, Double) -> Pen = { from, to in
            { $0.add((0, "ARC"), (8, "0"), (10, 50), (20, 25), (40, 10), (50, from), (51, to)) }
        }
        #expect(try onPlate(.overlap, [arc(0, 90), arc(45, 120), arc(200, 300), arc(10, 60)]) == [[4, 5], [4, 5, 7]])
        // A straight spline on a line, which is an overlap of curves.
        let spline: Pen = {
            $0.add((0, "SPLINE"), (8, "0"), (70, 0), (71, 1), (40, 0), (40, 0), (40, 1), (40, 1))
            $0.add((10, 20), (20, 0), (10, 60), (20, 0))
        }
        #expect(try onPlate(.overlap, [spline]) == [[0, 4]])
        // A polyline along a circle.
        let covered = try onPlate(.overlap, [circle(50, 25, 10), ring(360, 50, 25, 10, closed: false)])
        #expect(covered == [[4, 5]])
    }

    @Test func smallAndThinPlacesNameTheirSides() throws {
        #expect(try onPlate(.tiny, [line((0, 0), (0.005, 0)), circle(50, 25, 0.2)]) == [[4], [5]])
        #expect(try onPlate(.smallHole, frame(50, 25, 2, 2), thickness: 3) == [[4, 5, 6, 7]])
        #expect(try onPlate(.island, frame(10, 10, 30, 30) + [circle(25, 25, 10)]) == [[8]])
        #expect(try onPlate(.polygonCircle, [ring(24, 50, 25, 10)]) == [[4]])
        #expect(try onPlate(.thinWeb, [circle(50, 41, 8)], thickness: 3) == [[2, 4]])
        #expect(try onPlate(.thinWeb, [circle(30, 25, 8), circle(47, 25, 8)], thickness: 3) == [[4, 5]])
        #expect(try onPlate(.thinWeb, [circle(50, 42, 8)], thickness: 3) == [[2, 4]])
        // A notch.
        let corners = [(0.0, 0.0), (100, 0), (100, 50), (51, 50), (51, 20), (50, 20), (50, 50), (0, 50)]
        let notch = corners.indices.map { line(corners[$0], corners[($0 + 1) % corners.count]) }
        let slots = try edges(.thinSlot, notch, thickness: 3)
        #expect(slots.count == 1 && slots[0].contains(3) && slots[0].contains(5) && !slots[0].contains(0))
    }

    @Test func patternsNameAllTheirLines() throws {
        let slits = stride(from: 5.0, to: 45, by: 4).map { line((10, $0), (90, $0)) }
        #expect(try onPlate(.slits, slits) == [Array(4..<14)])
        let marks = [line((30, 25), (70, 25)), line((50, 5), (50, 45))]
        #expect(try onPlate(.centreMarks, [circle(50, 25, 15)] + marks) == [[5, 6]])
        let holes = (0..<8).map { circle(10 + 10 * Double($0), 25, 2) }
        #expect(try onPlate(.stray, holes + [circle(5000, 0, 10)]) == [[12]])
    }

    /// More defects than are listed by default.
    @Test func allDefectsAreListedOnRequest() throws {
        let pens: [Pen] = (0..<1500).flatMap { (number: Int) -> [Pen] in
            let (x, y) = (Double(number % 50) * 10, Double(number / 50) * 10)
            return [line((x, y), (x + 5, y)), line((x + 5, y), (x, y))]
        }
        let all = try defects(pens).filter { $0.kind == .duplicate }
        let pairs: [[Int32]] = stride(from: 0, to: 3000, by: 2).map { [$0, $0 + 1] }
        #expect(all.map(\.edges) == pairs)
        let open = try defects(pens).filter { $0.kind == .openContour }
        #expect(open.map(\.edges) == pairs.map { [$0[0]] })
        let listed = try defects(pens, most: Check.mostListed)
        #expect(listed.count { $0.kind == .duplicate } == 1000)
        #expect(
            listed.filter { $0.kind == .notListed }.map(\.consequence) == [
                "500 more of kind 'duplicate' are not listed: there are 1500",
                "500 more of kind 'open-contour' are not listed: there are 1500",
            ])
        // The first ones are listed.
        #expect(listed.filter { $0.kind == .duplicate }.map(\.edges) == all.prefix(1000).map(\.edges))
    }

    /// The defects are gone without the last edge that each of them names.
    @Test func removingTheLastNamedEdgeRemovesTheDefect() throws {
        var pens = plate
        pens += [line((100, 0), (0, 0)), circle(20, 20, 5), circle(20, 20, 5), line((0, 0), (0.004, 0))]
        pens += [circle(60, 25, 4), circle(65, 25, 4), line((30, 10), (40, 10)), line((200, 200), (210, 200))]
        for kind in [Defect.Kind.duplicate, .tiny, .crossing, .openContour] {
            let found = try defects(pens).filter { $0.kind == kind }
            let gone = Set(found.compactMap(\.edges.last))
            #expect(!gone.isEmpty && gone.count == found.count)
            #expect(try !defects(pens, without: gone).contains { $0.kind == kind }, "\(kind)")
        }
    }
}
