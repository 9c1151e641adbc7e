import Testing

@testable import Drawings

/// Lines that overlap others, compared with all pairs.
struct OverlapTests {
    /// Lines of various lengths along a few directions, many of them collinear, some slightly off.
    private func lines(_ random: inout Seeded) -> [Segment] {
        let ways = (0..<6).map { _ in
            Rigid(mirrored: false, turn: random.isTrue() ? random.real(0, 3) : Double(random.whole(0...1)) * .pi / 2, shift: .zero)
        }
        return (0..<300).map { _ in
            let way = ways[random.whole(0...5)], lean = random.isTrue() ? 0.006 : 0
            let at = random.real(0, 60), length = random.isTrue() ? random.real(0.011, 1.5) : random.real(1.5, 60)
            let off = Double(random.whole(0...8)) * 3
            let a = Point(at, off + random.real(-lean, lean)), b = Point(at + length, off + random.real(-lean, lean))
            return random.isTrue() ? Segment(line: way(a), way(b)) : Segment(line: way(b), way(a))
        }
    }

    /// Returns the length of each line that earlier lines cover, by the definition.
    private func covered(_ lines: [Segment], _ tolerance: Double) -> [Double] {
        lines.enumerated().compactMap { number, line in
            let unit = (line.b - line.a) * (1 / line.length)
            let stretches = lines[..<number].compactMap { other -> (Double, Double)? in
                let (short, long) = line.length <= other.length ? (line, other) : (other, line)
                let along = (long.b - long.a) * (1 / long.length)
                guard [short.a, short.b].allSatisfy({ abs(along.cross($0 - long.a)) <= tolerance }) else { return nil }
                let ends = [unit.dot(other.a - line.a), unit.dot(other.b - line.a)].sorted()
                let (from, to) = (max(0, ends[0]), min(line.length, ends[1]))
                return to - from > tolerance ? (from, to) : nil
            }
            var (sum, reached) = (0.0, 0.0)
            for (from, to) in stretches.sorted(by: { $0.0 < $1.0 }) {
                sum += max(0, to - max(from, reached))
                reached = max(reached, to)
            }
            return stretches.isEmpty ? nil : sum
        }
    }

    @Test(arguments: 0..<12) func coveredLengthsMatchTheDefinition(seed: Int) throws {
        var random = Seeded(UInt64(seed))
        var geometry = Geometry()
        geometry.segments = lines(&random)
        let found = Overlaps(geometry, tolerance: 0.01)
        let wanted = covered(geometry.segments, 0.01)
        #expect(wanted.count > 20 && found.segments == wanted.count)
        #expect(found.places.map(\.length).elementsEqual(wanted) { abs($0 - $1) < 1e-9 })
    }

    /// If thousands of lines overlap each other, nothing is reported instead of an incorrect number.
    @Test func tooManyOverlappingLinesEndTheSearch() throws {
        var geometry = Geometry()
        geometry.segments = [Segment](repeating: Segment(line: Point(0, 0), Point(90, 40)), count: 5000)
        #expect(Overlaps(geometry, tolerance: 0.01).end != nil)
    }
}
