import Glibc
import Testing

@testable import Drawings

/// The differences found between a drawing and a newer version of it.
struct RevisionTests {
    private func plate(
        _ shift: (Double, Double) = (0, 0), turn: Double = 0, _ draw: (inout Sketch, (Double, Double) -> (Double, Double)) -> Void
    ) throws
        -> Measurement
    {
        var sketch = Sketch()
        let map = Rigid(mirrored: false, turn: turn, shift: Point(shift.0, shift.1))
        sketch.section("ENTITIES") { out in
            draw(&out) { x, y in
                let place = map(Point(x, y))
                return (place.x, place.y)
            }
        }
        return try sketch.measured()
    }

    private func outline(_ out: inout Sketch, _ at: (Double, Double) -> (Double, Double), width: Double = 100) {
        let corners = [at(0, 0), at(width, 0), at(width, 60), at(30, 60), at(0, 40)]
        out.polyline(corners.map { ($0.0, $0.1, 0) }, closed: true)
    }

    private func hole(_ out: inout Sketch, _ at: (Double, Double) -> (Double, Double), _ x: Double, _ y: Double, _ radius: Double) {
        let place = at(x, y)
        out.circle(place.0, place.1, radius)
    }

    private func before() throws -> Measurement {
        try plate { out, at in
            outline(&out, at)
            for (x, y, radius) in [(20.0, 20.0, 4.0), (50, 20, 5), (80, 20, 3), (80, 45, 6)] { hole(&out, at, x, y, radius) }
        }
    }

    /// One hole is larger, one moved, one removed, one added, and the outline is wider.
    private func after(_ shift: (Double, Double) = (0, 0), turn: Double = 0) throws -> Measurement {
        try plate(shift, turn: turn) { out, at in
            hole(&out, at, 20, 20, 4.5)
            hole(&out, at, 55, 40, 5)
            hole(&out, at, 80, 45, 6)
            hole(&out, at, 35, 50, 2)
            outline(&out, at, width: 104)
        }
    }

    @Test func changesAreFound() throws {
        let revision = Revision(try before(), try after(), withinMM: 0.02)
        #expect(revision.changes.map(\.kind) == [.resized, .moved, .added, .resized, .removed])
        #expect(revision.kept == [2])
        #expect(revision.changes[1].shift.isWithin(1e-6, of: Point(5, 20)))
        #expect(revision.changes[3].to.width == 104)
        #expect(Revision(try before(), try before(), withinMM: 0.02).isSame)
    }

    @Test func movedDrawingsAreAligned() throws {
        let moved = try after((300, -40), turn: 2.2)
        let old = try before()
        let revision = Revision(old, moved, withinMM: 0.02, map: Revision.map(laying: moved, on: old, withinMM: 0.02).map)
        #expect(revision.changes.map(\.kind) == [.resized, .moved, .added, .resized, .removed])
        #expect(revision.changes[1].shift.isWithin(0.02, of: Point(5, 20)))
        let shifted = try plate((7, 8)) { out, at in
            outline(&out, at)
            for (x, y, radius) in [(20.0, 20.0, 4.0), (50, 20, 5), (80, 20, 3), (80, 45, 6)] { hole(&out, at, x, y, radius) }
        }
        let whole = Revision(try before(), shifted, withinMM: 0.02)
        #expect(whole.changes.count == 5 && whole.commonShift?.isWithin(1e-9, of: Point(7, 8)) == true)
        #expect(Revision(old, shifted, withinMM: 0.02, map: Revision.map(laying: shifted, on: old, withinMM: 0.02).map).isSame)
    }

    /// Many overlapping circles: a rotated copy is found, and for a drawing without similarity the search ends and reports that.
    @Test func theSearchForAMapIsBounded() throws {
        func circles(_ seed: UInt64, turn: Double = 0) throws -> Measurement {
            var sketch = Sketch(), random = Seeded(seed)
            for _ in 0..<60 {
                let (x, y, radius) = (random.real(0, 500), random.real(0, 500), random.real(5, 50))
                sketch.circle(x * cos(turn) - y * sin(turn), x * sin(turn) + y * cos(turn), radius)
            }
            return try sketch.measured()
        }
        let old = try circles(1), turned = Revision.map(laying: try circles(1, turn: 0.5), on: old, withinMM: 0.02)
        #expect(turned.share == 1 && !turned.isCutOff && abs(turned.map.degrees - (360 - 0.5 * 180 / .pi)) < 0.01)
        let (other, whole) = (Alignment(old, try circles(2), 0.02, looks: 1000), Alignment(old, try circles(1), 0.02, looks: 1000))
        #expect(other.share < 0.2 && other.isCutOff && whole.share == 1 && !whole.isCutOff)
    }

    /// Only one window of a plate is unchanged: it determines the translation, and the small share of agreement is reported.
    @Test func oneUnchangedContourDeterminesTheShift() throws {
        let old = try plate { out, _ in
            out.rectangle(0, 0, 200, 120)
            for x in 0..<6 { out.circle(20 + 30 * Double(x), 30, 4 + Double(x) / 3) }
            out.polyline([(80, 60, 0), (120, 60, 0), (110, 90, 0)], closed: true)
        }
        let new = try plate { out, _ in
            out.rectangle(500, 70, 170, 150)
            for x in 0..<6 { out.circle(531 + 26 * Double(x), 180, 4.15 + Double(x) / 3) }
            out.polyline([(580, 130, 0), (620, 130, 0), (610, 160, 0)], closed: true)
        }
        let laid = Revision.map(laying: new, on: old, withinMM: 0.02)
        #expect(laid.map.shift.isWithin(0.02, of: Point(-500, -70)) && abs(laid.map.degrees) < 0.01)
        // The window, and the parts of two sides of the plate that coincide, by their length.
        #expect(laid.share > 0.3 && laid.share < 0.5)
        #expect(Revision.map(laying: old, on: old, withinMM: 0.02).share == 1)
    }

    @Test func aHoleThatIsNowMarkedIsRemovedFromTheCut() throws {
        func parts(_ layer: String, _ x: Double) throws -> ProcessParts {
            var sketch = Sketch()
            sketch.rectangle(x, 0, 100, 60, layer: "CUT")
            sketch.circle(x + 20, 20, 5, layer: layer)
            return try Drawing(reading: sketch.bytes()).measureApart(Measure.Options())
        }
        let (old, new) = (try parts("CUT", 0), try parts("MARK", 300))
        let map = Revision.map(laying: new.main, on: old.main, withinMM: 0.02).map
        let revision = ProcessRevision(old, new, withinMM: 0.02, map: map)
        #expect(revision.parts.map(\.process) == [.cut, .mark] && revision.kept == 1)
        #expect(revision.parts.map { $0.revision.changes.map(\.kind) } == [[.removed], [.added]])
        #expect(revision.parts[1].revision.changes[0].to.center.isWithin(0.02, of: Point(20, 20)))
        #expect(ProcessRevision(old, try parts("CUT", 7), withinMM: 0.02, map: .identity).commonShift == Point(7, 0))
        #expect(ProcessRevision(new, new, withinMM: 0.02, map: .identity).isSame)
    }

    @Test func anotherShapeOfTheSameSizeIsReshaped() throws {
        let square = try plate { out, _ in out.rectangle(0, 0, 50, 50) }
        let cut = try plate { out, _ in out.polyline([(0, 0, 0), (50, 0, 0), (50, 50, 0), (10, 50, 0), (0, 40, 0)], closed: true) }
        #expect(Revision(square, cut, withinMM: 0.02).changes.map(\.kind) == [.reshaped])
    }

    /// Wheels of 48 corners, twelve of them raised in a different order on each: of equal length and area.
    static func wheels(_ count: Int, seed: UInt64, turn: Double = 0, backwards: Bool = false) throws -> Measurement {
        var (sketch, random) = (Sketch(), Seeded(seed))
        for number in 0..<count {
            let gaps = [2, 3, 4, 5, 2, 3, 4, 5, 4, 4, 6, 6].shuffled(using: &random)
            let raised = Set(gaps.reduce(into: [0]) { places, gap in places.append(places[places.count - 1] + gap) })
            let x = Double(backwards ? count - number : number) * 30 + 3 * Double(seed)
            sketch.polyline(
                (0..<48).map { corner in
                    let (radius, angle) = (raised.contains(corner) ? 11.0 : 10, Double(corner) * .pi / 24 + turn)
                    return (x + radius * cos(angle), radius * sin(angle), 0)
                }, closed: true)
        }
        return try sketch.measured()
    }

    /// A site plan of hundreds of metres: a circle in it is compared with the same precision as in a small drawing.
    @Test func smallContoursOfLargeDrawingsAreComparedPrecisely() throws {
        func plan(_ draw: (inout Sketch) -> Void) throws -> Measurement {
            var sketch = Sketch()
            sketch.section("ENTITIES") {
                $0.rectangle(0, 0, 245_000, 190_000)
                draw(&$0)
            }
            return try sketch.measured()
        }
        let circle = try plan { $0.circle(100_000, 50_000, 188) }
        let halves = try plan { $0.polyline([(100_000, 49_812, 1), (100_000, 50_188, 1)], closed: true) }
        #expect(Revision(circle, halves, withinMM: 0.02, map: .identity).isSame)
    }

    @Test func similarContoursAreMatchedIndividually() throws {
        let (before, after) = (try Self.wheels(40, seed: 1), try Self.wheels(40, seed: 1, turn: 1, backwards: true))
        let changes = Revision(before, after, withinMM: 0.02).changes
        #expect(changes.map(\.kind) == [Revision.Kind](repeating: .moved, count: 40))
        #expect(changes.allSatisfy { $0.old == $0.new })
    }
}
