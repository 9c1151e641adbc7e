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

    @Test func holesAreToldByTheirShape() throws {
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
}
