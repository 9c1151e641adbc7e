import Drawings
import Glibc
import Testing

/// The parts to which contours and lines belong.
struct PartTreeTests {
    private func contents(_ sketch: Sketch) throws -> PartContents { PartContents(try sketch.measured()) }

    @Test func framesInFramesArePartsInHoles() throws {
        var sketch = Sketch()
        for at in stride(from: 0.0, to: 60, by: 10) { sketch.rectangle(at, at, 200 - 2 * at, 200 - 2 * at) }
        let tree = try contents(sketch).tree
        #expect(tree.parts.map(\.outline) == [0, 2, 4] && tree.parts.map(\.holes) == [[1], [3], [5]])
        #expect(tree.parts.map(\.owner) == [nil, 0, 1] && tree.parts.map(\.around) == [nil, 1, 3])
        #expect(tree.parts.map(\.inner) == [[1], [2], []])
        #expect((0..<6).map(tree.part) == [0, 0, 1, 1, 2, 2])
        #expect(tree.contours(within: 1) == [2, 3, 4, 5])
    }

    /// A line on an outline or on a hole belongs to the part with that outline or hole.
    @Test func linesBelongToThePartsThatTheyLieInOrOn() throws {
        var sketch = Sketch()
        sketch.rectangle(0, 0, 100, 100)
        sketch.rectangle(20, 20, 60, 60)
        sketch.rectangle(30, 30, 40, 40)
        // Three slits: in the hole, in the outer part and in the part inside the hole.
        sketch.line((22, 25), (28, 25))
        sketch.line((5, 5), (15, 5))
        sketch.line((40, 40), (60, 60))
        // A line far away, and a line across all contours.
        sketch.line((200, 0), (210, 0))
        sketch.line((-10, 50), (110, 50))
        let contents = try contents(sketch)
        #expect(contents.lines.map(\.contour) == [3, 4, 5, 6, 7])
        #expect(contents.lines.map(\.around) == [1, 0, 2, nil, nil] && contents.lines.map(\.owner) == [0, 0, 1, nil, nil])
        #expect(contents.lines(of: 0).map(\.contour) == [3, 4] && contents.lines(of: 1).map(\.contour) == [5])
        #expect(contents.linesApart.map(\.contour) == [6, 7])
    }

    @Test func marksHaveOwners() throws {
        var sketch = Sketch()
        sketch.rectangle(0, 0, 100, 100)
        sketch.circle(50, 50, 40)
        sketch.circle(50, 50, 30)
        // Three bend lines: from side to side, along the outline and along the hole. Two letters: in the part inside the hole and outside.
        sketch.line((0, 5), (100, 5), layer: "BEND")
        sketch.line((10, 0), (90, 0), layer: "BEND")
        sketch.polyline([(10, 50, 1), (90, 50, 0)], closed: false, layer: "BEND")
        sketch.rectangle(45, 45, 5, 10, layer: "ENGRAVE")
        sketch.circle(47, 50, 1, layer: "ENGRAVE")
        sketch.rectangle(120, 45, 5, 10, layer: "ENGRAVE")
        let contents = PartContents(try Drawing(reading: sketch.bytes()).measureApart(Measure.Options()))
        #expect(contents.tree.parts.map(\.outline) == [0, 2])
        let bends = contents.lines.filter { $0.process == .bend }, engraved = contents.lines.filter { $0.process == .engrave }
        #expect(bends.map(\.contour) == [0, 1, 2] && bends.map(\.around) == [0, 0, 1] && bends.map(\.owner) == [0, 0, 0])
        #expect(engraved.map(\.contour) == [0, 1, 2] && engraved.map(\.owner) == [1, 1, nil])
        #expect(contents.lines(of: 1).count == 2 && contents.linesApart.map(\.contour) == [2])
    }

    /// Bend lines on every side of an outline and of a hole, and beside these by half of the tolerance.
    @Test(arguments: [-0.005, 0, 0.005]) func marksOnEverySideHaveOwners(off: Double) throws {
        var sketch = Sketch()
        sketch.rectangle(0, 0, 100, 100)
        sketch.rectangle(20, 20, 60, 60)
        for (low, high) in [(0.0, 100.0), (20, 80)] {
            let (from, to) = (low + 10, high - 10)
            for side in [low - off, high + off] {
                sketch.line((from, side), (to, side), layer: "BEND")
                sketch.line((side, from), (side, to), layer: "BEND")
            }
        }
        let contents = PartContents(try Drawing(reading: sketch.bytes()).measureApart(Measure.Options()))
        #expect(contents.lines.map(\.around) == [0, 0, 0, 0, 1, 1, 1, 1] && contents.linesApart.isEmpty)
    }

    /// Marks along arcs, beside these by nearly the tolerance, wherever the chords of the arcs are.
    @Test func marksOutsideOfArcsHaveOwners() throws {
        var sketch = Sketch()
        sketch.polyline([(0, -50, 0), (100, -50, 1), (100, 50, 0), (0, 50, 1)], closed: true)
        sketch.circle(300, 0, 50)
        for mark in 0..<40 {
            let angle = -0.1 + 0.005 * Double(mark), radius = 50.0095
            for x in [100.0, 300] {
                let ends = [angle - 0.001, angle + 0.001].map { (x + radius * cos($0), radius * sin($0)) }
                sketch.line(ends[0], ends[1], layer: "BEND")
            }
        }
        let contents = PartContents(try Drawing(reading: sketch.bytes()).measureApart(Measure.Options()))
        #expect(contents.lines.count == 80 && contents.linesApart.isEmpty)
    }

    /// A drawing that is generated from the outside to the inside, so that the contour around each entity is known.
    private struct Nest {
        var sketch = Sketch()
        /// For each entity the closed entity around it.
        var around: [Int?] = []
        var isClosed: [Bool] = []
        var depth: [Int] = []
        var random: Seeded
        let layer: String

        mutating func add(around: Int?, isClosed: Bool) -> Int {
            self.around.append(around)
            self.isClosed.append(isClosed)
            depth.append(around.map { depth[$0] + 1 } ?? 0)
            return self.around.count - 1
        }

        mutating func fill(_ x: Double, _ y: Double, _ size: Double, in around: Int?) {
            let cell = size / 2
            for (column, row) in [(0.0, 0.0), (1, 0), (0, 1), (1, 1)] {
                let (left, low) = (x + column * cell, y + row * cell)
                switch random.whole(0...5) {
                case 0: continue
                case 1, 2:
                    _ = add(around: around, isClosed: false)
                    let places = (0..<3).map { _ in (left + random.real(0.1, 0.9) * cell, low + random.real(0.1, 0.9) * cell, 0.0) }
                    sketch.polyline(places, closed: false, layer: layer)
                default: close(left + 0.1 * cell, low + 0.1 * cell, 0.8 * cell, in: around)
                }
            }
        }

        mutating func close(_ x: Double, _ y: Double, _ size: Double, in around: Int?) {
            let number = add(around: around, isClosed: true), middle = (x + size / 2, y + size / 2)
            var inner = 0.9 * size
            switch random.whole(0...2) {
            case 0: sketch.rectangle(x, y, size, size)
            case 1:
                sketch.circle(middle.0, middle.1, size / 2)
                inner = 0.65 * size
            default:
                // A square with bevelled corners and straight or bulging sides.
                let (a, b) = (0.2 * size, 0.8 * size)
                let corners = [(a, 0.0), (b, 0), (size, a), (size, b), (b, size), (a, size), (0, b), (0, a)]
                sketch.polyline(corners.map { (x + $0.0, y + $0.1, random.isTrue() ? 0.2 : 0) }, closed: true)
                inner = 0.6 * size
            }
            if inner > 4 { fill(middle.0 - inner / 2, middle.1 - inner / 2, inner, in: number) }
        }
    }

    @Test(arguments: 0..<12) func nestedDrawingsArePartedAsTheyWereMade(seed: Int) throws {
        let isApart = seed % 2 == 1
        var nest = Nest(random: Seeded(UInt64(seed)), layer: isApart ? "ENGRAVE" : "0")
        for column in 0..<8 { nest.fill(Double(column) * 400, 0, 380, in: nil) }
        let drawing = try Drawing(reading: nest.sketch.bytes())
        let contents = isApart ? PartContents(try drawing.measureApart(Measure.Options())) : PartContents(try drawing.measure())
        // For each entity the number of its contour.
        let closed = nest.isClosed.indices.filter { nest.isClosed[$0] }, open = nest.isClosed.indices.filter { !nest.isClosed[$0] }
        var contour = Array(nest.isClosed.indices)
        if isApart { for list in [closed, open] { for (number, entity) in list.enumerated() { contour[entity] = number } } }
        let parts = closed.filter { nest.depth[$0] % 2 == 0 }
        #expect(parts.count > 20 && open.count > 20)
        #expect(contents.tree.parts.map(\.outline) == parts.map { contour[$0] })
        for (part, outline) in zip(contents.tree.parts, parts) {
            let hole = nest.around[outline]
            #expect(part.around == hole.map { contour[$0] })
            #expect(part.owner.map { parts[$0] } == hole.flatMap { nest.around[$0] })
            #expect(part.holes == closed.filter { nest.around[$0] == outline }.map { contour[$0] })
        }
        #expect(contents.lines.map(\.contour) == open.map { contour[$0] })
        #expect(contents.lines.map(\.around) == open.map { nest.around[$0].map { contour[$0] } })
        for line in contents.lines { #expect(line.owner == line.around.flatMap(contents.tree.part)) }
        let owned = contents.tree.parts.indices.reduce(0) { $0 + contents.lines(of: $1).count }
        #expect(owned + contents.linesApart.count == open.count)
    }
}
