import Drawings
import Testing

/// Nesting of more contours than a thread processes in one stretch.
struct NestingTests {
    /// Plates of 8 mm in rows of 100, each with a round hole of 4 mm that contains a disc of 1 mm, all in one frame.
    private func plates(_ count: Int) -> Sketch {
        var sketch = Sketch()
        let rows = (count + 99) / 100
        sketch.rectangle(-5, -5, 1010, Double(rows) * 10 + 10)
        for number in 0..<count {
            let (x, y) = (Double(number % 100) * 10, Double(number / 100) * 10)
            sketch.circle(x + 4, y + 4, 0.5)
            sketch.rectangle(x, y, 8, 8)
            sketch.circle(x + 4, y + 4, 2)
        }
        return sketch
    }

    @Test(arguments: [1, 1365, 1366, 4000])
    func theParentIsTheSmallestSurroundingContour(_ count: Int) throws {
        let measured = try plates(count).measured()
        #expect(measured.contourCount == 1 + 3 * count && measured.contours.map(\.depth).max() == 3)
        // The frame (depth 0) and the holes (depth 2) count as outer contours, the plates (1) and the discs (3) as holes.
        #expect(measured.outer == 1 + count && measured.holes == 2 * count)
        #expect(measured.selfCrossing == 0 && measured.crossingPairs == 0)
        for number in 0..<count {
            let (disc, plate, hole) = (3 * number + 1, 3 * number + 2, 3 * number + 3)
            let wrong = [(plate, 0, 1), (hole, plate, 2), (disc, hole, 3)].first { place, parent, depth in
                measured.contours[place].parent != parent || measured.contours[place].depth != depth
            }
            guard wrong == nil else { return #expect(wrong == nil, "plate \(number) of \(count)") }
        }
    }

    @Test func crossingsAreFoundInEveryStretch() throws {
        var sketch = plates(4000)
        for number in stride(from: 0, to: 4000, by: 40) {
            // A disc across the side of a plate, and a bow tie beside it.
            let (x, y) = (Double(number % 100) * 10, Double(number / 100) * 10)
            sketch.circle(x + 8, y + 2, 0.4)
            sketch.polyline([(x + 8.6, y + 5, 0), (x + 9.6, y + 6, 0), (x + 9.6, y + 5, 0), (x + 8.6, y + 6, 0)], closed: true)
        }
        let measured = try sketch.measured()
        #expect(measured.crossingPairs == 100 && measured.selfCrossing == 100)
        #expect(try sketch.measured().contours.map(\.parent) == measured.contours.map(\.parent))
    }

    /// More nested circles than pairs of contours that can be compared.
    @Test func manyConcentricCirclesAreAllNested() throws {
        var sketch = Sketch()
        for number in 0..<12000 { sketch.circle(0, 0, 1 + Double(number) / 2) }
        let measured = try sketch.measured()
        #expect(measured.outer == 6000 && measured.holes == 6000)
        #expect(!measured.notes.contains { $0.kind == .nestingCutOff })
        #expect(measured.contours.enumerated().allSatisfy { $1.depth == 11999 - $0 && $1.parent == ($0 == 11999 ? nil : $0 + 1) })
    }

    /// A contour that crosses the outline around it is compared with all other contours inside that.
    @Test func aContourAcrossAnOutlineIsNestedInTheOthers() throws {
        var sketch = Sketch()
        sketch.rectangle(0, 0, 100, 100)
        sketch.rectangle(10, 10, 30, 30)
        sketch.circle(20, 20, 2)
        // Across the outline, and around the circle and half of the rectangle that contains it.
        sketch.rectangle(-200, 5, 224, 200)
        sketch.rectangle(-300, -300, 900, 900)
        let measured = try sketch.measured()
        #expect(measured.crossingPairs == 2)
        #expect(measured.contours.map(\.depth) == [1, 2, 4, 1, 0])
        #expect(measured.contours.map(\.parent) == [4, 0, 1, 4, nil])
    }
}
