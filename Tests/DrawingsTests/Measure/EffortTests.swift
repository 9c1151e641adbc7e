import Glibc
import Testing

@testable import Drawings

/// The growth of the time with the size of a drawing, which is approximately linear for drawings of workshops. The tests are serialized,
/// because times are compared.
@Suite(.serialized)
struct EffortTests {
    /// Returns the ratio of the times for four times the size, each the minimum of two attempts. It is 4 for linear time and 16 for
    /// quadratic time.
    private func growth<Made>(_ count: Int, _ make: (Int) throws -> Made, _ work: (Made) throws -> Void) throws -> Double {
        let times = try [count, 4 * count].map { count in
            let made = try make(count)
            return try (0..<2).map { _ in
                let start = Self.worked()
                try work(made)
                return Self.worked() - start
            }.min() ?? 0
        }
        return times[1] / times[0]
    }

    /// Returns the CPU time of this thread in seconds: other tests run in parallel.
    private static func worked() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }

    private static let most = 9.0

    /// Short lines that do not meet, in rows.
    private func loose(_ count: Int) throws -> Measurement {
        var sketch = Sketch()
        for number in 0..<count {
            let (x, y) = (Double(number % 100) * 5, Double(number / 100) * 5)
            sketch.line((x, y), (x + 3, y + 1))
        }
        return try sketch.measured()
    }

    @Test func chainingExactEndsIsLinear() throws {
        let growth = try growth(2000, loose) { measured in
            let found = measured.sensitivity([0])
            #expect(found[0].open == measured.contourCount)
        }
        #expect(growth < Self.most)
    }

    /// Long parallel diagonals, whose boxes all overlap.
    private func hatch(_ count: Int) throws -> (Drawing, Geometry) {
        var sketch = Sketch()
        for x in 0..<count { sketch.line((Double(x), 0), (Double(x) + 20000, 20000)) }
        let drawing = try Drawing(reading: sketch.bytes())
        return (drawing, try drawing.taken(Measure.Options()).geometry)
    }

    @Test func searchingDimensionsAmongDiagonalsIsLinear() throws {
        let growth = try growth(750, hatch) { drawing, geometry in
            let search = SheetSearch(drawing, geometry, tolerance: 0.01)
            #expect(search.lines?.loose.count == geometry.edges.count && search.lines?.dimensions == [])
        }
        #expect(growth < Self.most)
    }

    @Test func comparingParallelLinesIsLinear() throws {
        let growth = try growth(1000, hatch) { _, geometry in
            let overlaps = Overlaps(geometry, tolerance: 0.01)
            #expect(overlaps.segments == 0 && overlaps.end == nil)
        }
        #expect(growth < Self.most)
    }

    @Test func matchingSimilarContoursIsBounded() throws {
        let growth = try growth(6) {
            (try RevisionTests.wheels($0, seed: 1), try RevisionTests.wheels($0, seed: 2))
        } _: { before, after in
            #expect(!Revision(before, after, withinMM: 0.02).isSame)
        }
        #expect(growth < Self.most)
    }

    @Test func writingLineTypesIsLinear() throws {
        let growth = try growth(1000) { count in
            var sketch = Sketch()
            for x in 0..<count { sketch.add((0, "LINE"), (8, "0"), (6, "LT\(x)"), (10, x), (20, 0), (11, x), (21, 5)) }
            return try Drawing(reading: sketch.bytes())
        } _: { drawing in
            let written = try drawing.dxf(.r12)
            #expect(!written.isEmpty)
        }
        #expect(growth < Self.most)
    }

    /// Concentric octagons, and rings beside each other.
    private func rings(_ count: Int) throws -> Geometry {
        var sketch = Sketch()
        for number in 1...count {
            let corners = (0..<8).map { corner in
                let angle = Double(corner) * .pi / 4
                return (Double(number) * cos(angle), Double(number) * sin(angle), 0.0)
            }
            sketch.polyline(corners, closed: true)
            sketch.circle(Double(number) * 5, 2 * Double(count), 2)
            sketch.circle(Double(number) * 5, 2 * Double(count), 1)
        }
        return try Drawing(reading: sketch.bytes()).taken(Measure.Options()).geometry
    }

    @Test func nestingConcentricRingsIsLinear() throws {
        let growth = try growth(300, rings) { geometry in
            let chaining = Chaining(geometry, edges: geometry.edges.indices.map { Int32($0) }, tolerance: 0.01)
            let loops = Loops(geometry, chaining, tolerance: 0.01, chordError: 0.005)
            #expect(loops.all.lazy.map(\.depth).max() == Int32(loops.all.count / 3 - 1))
        }
        #expect(growth < Self.most)
    }

    /// Plates with rounded corners and holes, like a sheet full of parts. Every fourth hole is a slot.
    private func plates(_ count: Int) throws -> (Drawing, Measurement) {
        var sketch = Sketch()
        for number in 0..<count {
            let (x, y) = (Double(number % 40) * 100, Double(number / 40) * 70)
            sketch.polyline(
                [(x + 5, y, 0), (x + 85, y, 0.414), (x + 90, y + 5, 0), (x + 90, y + 60, 0), (x, y + 60, 0), (x, y + 5, 0.414)],
                closed: true)
            for hole in 0..<3 { sketch.circle(x + 15 + 20 * Double(hole), y + 15, 4.25) }
            sketch.polyline([(x + 20, y + 40, 0), (x + 50, y + 40, 1), (x + 50, y + 43, 0), (x + 20, y + 43, 1)], closed: true)
        }
        let drawing = try Drawing(reading: sketch.bytes())
        return (drawing, try drawing.measure())
    }

    @Test func checkingPlatesIsLinear() throws {
        let growth = try growth(250, plates) { drawing, measured in
            let kinds = Set(drawing.check(measured).map(\.kind))
            #expect(kinds.isSubset(of: [.severalParts, .unitSuspect]))
        }
        #expect(growth < Self.most)
    }

    @Test func checkingSmallSlotsIsLinear() throws {
        let growth = try growth(250, plates) { drawing, measured in
            let defects = drawing.check(measured, Check.Limits(thicknessMM: 4))
            #expect(defects.count { $0.kind == .smallHole || $0.kind == .notListed } >= 250)
            #expect(defects.allSatisfy { $0.kind != .thinSlot && $0.kind != .notChecked })
        }
        #expect(growth < Self.most)
    }
}
