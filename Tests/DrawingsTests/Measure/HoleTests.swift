import Drawings
import Glibc
import Testing

struct HoleTests {
    private func polygon(_ corners: Int, _ x: Double, _ radius: Double) -> [(Double, Double, Double)] {
        (0..<corners).map {
            let angle = 2 * Double.pi * Double($0) / Double(corners) + 0.1
            return (x + radius * cos(angle), 50 + radius * sin(angle), 0)
        }
    }

    @Test func shapesOfHolesAreRecognised() throws {
        var sketch = Sketch()
        sketch.rectangle(0, 0, 400, 100)
        sketch.circle(20, 50, 5)
        sketch.polyline(polygon(36, 60, 5), closed: true)
        sketch.polyline(polygon(6, 100, 5), closed: true)
        sketch.polyline([(140, 50, 1), (150, 50, 1)], closed: true)
        sketch.polyline([(180, 45, 0), (210, 45, 1), (210, 55, 0), (180, 55, 1)], closed: true)
        sketch.rectangle(250, 40, 30, 20)
        let measured = try sketch.measured()
        let holes = measured.holePlaces.map { measured.hole($0) }
        #expect(holes.map(\.shape) == [.round, .round, .other, .round, .slot, .rectangle])
        #expect(holes.compactMap(\.drawn) == [.circle, .lines, .arcs])
        for hole in [holes[0], holes[1], holes[3]] { #expect(agree(hole.diameterMM ?? 0, 10)) }
        #expect(agree(holes[4].widthMM, 10) && agree(holes[4].lengthMM, 40))
        #expect(holes[5].widthMM == 20 && holes[5].lengthMM == 30)
        #expect(measured.round(measured.holePlaces[1])?.pieces == 36)
    }

    /// Returns corners rotated by 45° about a place.
    private func turned(_ corners: [(Double, Double, Double)], about place: (Double, Double)) -> [(Double, Double, Double)] {
        let c = 0.5.squareRoot()
        return corners.map { (place.0 + c * ($0.0 - $0.1), place.1 + c * ($0.0 + $0.1), $0.2) }
    }

    /// Starting at a corner, in the middle of a side, in the middle of an end, and divided into pieces.
    @Test func theShapeOfAHoleDoesNotDependOnItsStart() throws {
        let quarter = tan(Double.pi / 8), c = 5 * 0.5.squareRoot()
        let slots: [[(Double, Double, Double)]] = [
            [(-10, -5, 0), (10, -5, 1), (10, 5, 0), (-10, 5, 1)], [(0, -5, 0), (10, -5, 1), (10, 5, 0), (-10, 5, 1), (-10, -5, 0)],
            [(15, 0, quarter), (10, 5, 0), (-10, 5, 1), (-10, -5, 0), (10, -5, quarter)],
            [
                (10, -5, tan(.pi / 16)), (10 + c, -c, tan(3 * .pi / 16)), (10, 5, 0), (3, 5, 0), (-10, 5, quarter), (-15, 0, quarter),
                (-10, -5, 0),
            ],
        ]
        let rectangles: [[(Double, Double, Double)]] = [
            [(-10, -5, 0), (10, -5, 0), (10, 5, 0), (-10, 5, 0)], [(0, -5, 0), (10, -5, 0), (10, 5, 0), (-10, 5, 0), (-10, -5, 0)],
        ]
        var sketch = Sketch()
        sketch.rectangle(0, 0, 600, 100)
        for (place, corners) in (slots + rectangles).enumerated() {
            sketch.polyline(turned(corners, about: (50 + 80 * Double(place), 50)), closed: true)
        }
        let measured = try sketch.measured()
        let holes = measured.holePlaces.map { measured.hole($0) }
        #expect(holes.map(\.shape) == [.slot, .slot, .slot, .slot, .rectangle, .rectangle])
        for hole in holes { #expect(agree(hole.widthMM, 10) && agree(hole.lengthMM, hole.shape == .slot ? 30 : 20)) }
    }

    /// Flat ends, concave ends and a single round end do not make a slot.
    @Test func aSlotHasRoundEnds() throws {
        var sketch = Sketch()
        sketch.rectangle(0, 0, 600, 100)
        for (place, bulges) in [(0.1, 0.1), (-1, -1), (1, 0.5), (-0.4, -0.4), (1, 1)].enumerated() {
            let x = 50 + 80 * Double(place)
            sketch.polyline([(x, 40, 0), (x + 30, 40, bulges.0), (x + 30, 50, 0), (x, 50, bulges.1)], closed: true)
        }
        let measured = try sketch.measured()
        #expect(measured.holePlaces.map { measured.hole($0).shape } == [.other, .other, .other, .other, .slot])
    }
}
