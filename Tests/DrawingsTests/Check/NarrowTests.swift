import FoundationEssentials
import Glibc
import Testing

@testable import Drawings

/// Webs and slots between outlines of every kind and at every angle, compared with distances found by brute force.
struct NarrowTests {
    /// The maximum error of the distances found by brute force.
    private static let exactness = 1e-6

    /// Two holes in a plate have a web between them, and two pieces in a hole a slot.
    @Test(arguments: 1...60) func narrowPlacesBetweenContoursAreFound(seed: Int) throws {
        var dice = Dice(100_000 * seed)
        for _ in 0..<5 {
            let scene = NarrowScene.any(&dice)
            try compare(scene.sketch(), &dice, isWeb: scene.isWeb, scene.distance)
        }
    }

    /// A strip of one outline or a slit into it, with straight, round and free-form sides.
    @Test(arguments: 1...60) func narrowPlacesOfOneContourAreFound(seed: Int) throws {
        var dice = Dice(100_000 * seed + 30_000)
        for _ in 0..<5 {
            let isWeb = dice.whole(0...1) == 0, strip = NarrowStrip.any(&dice, width: exp(dice.real(log(0.0101), log(3))))
            var sketch = Sketch()
            let distance = strip.draw(into: &sketch, isWeb: isWeb, turn: dice.real(0, 2 * .pi))
            // Closer sides are in contact.
            guard distance > 0.01 + Self.exactness else { continue }
            try compare(sketch, &dice, isWeb: isWeb, distance)
        }
    }

    /// The result does not depend on the spans into which curves are divided, on the order of the contours, on their starts and directions,
    /// nor on a rotation or reflection of the drawing.
    @Test(arguments: 1...40) func narrowPlacesDoNotDependOnOrderAndTurn(seed: Int) throws {
        var dice = Dice(100_000 * seed + 60_000)
        let scene = NarrowScene.any(&dice), measured = try scene.sketch().measured()
        for mostTurn in [Double.pi / 4, .pi / 6, .pi / 15, .pi / 40] {
            try expect(scene, measured, mostTurn: mostTurn)
        }
        for _ in 0..<4 {
            let motion = NarrowMotion(turn: dice.real(0, 2 * .pi), isMirrored: dice.once(in: 2))
            try expect(scene, scene.sketch(motion, &dice).measured(), motion)
        }
    }

    /// The two sides of the tip of a spline are nearly parallel. The web at the tip is found with every limit.
    @Test(.sharedDrawings, arguments: [nil, 0.5, 1, 2, 4]) func aWebNearATipIsFound(thickness: Double?) throws {
        let path = SharedDrawings.folder + "/mikedh-trimesh/models/2D/spline.DXF"
        let drawing = try Drawing(reading: [UInt8](try Data(contentsOf: URL(filePath: path))))
        let found = drawing.check(try drawing.measure(), Check.Limits(thicknessMM: thickness))
        let least = try #require(found.filter { $0.kind == .thinWeb }.compactMap(\.sizeMM).min())
        #expect(abs(least - 0.065) < 0.01)
    }

    /// There is no web between two parts, even if a hole of each is near the other part, and no slot between an edge and a place behind a
    /// thin wall.
    @Test func whatIsBehindAnotherContour() throws {
        var sketch = Sketch()
        for x in [0.0, 12.1] {
            sketch.circle(x, 0, 6)
            sketch.rectangle(x - 4.2, -4.2, 8.4, 8.4)
        }
        let corners = search(try sketch.measured(), 3, 3)
        #expect(corners.count == 2 && corners.allSatisfy { $0.isWeb && abs($0.width - (6 - 4.2 * 2.0.squareRoot())) < 1e-9 })
        // A slit near an edge: the wall between them is a web. The far side of the slit and the edge are the sides of nothing.
        var plate = Sketch()
        let outline: [(Double, Double)] = [(0, 0), (60, 0), (60, 10), (20, 10), (20, 11), (60, 11), (60, 30), (0, 30)]
        plate.polyline(outline.map { ($0.0, $0.1, 0) }, closed: true)
        let found = search(try plate.measured(), 15, 15)
        #expect(Set(found.map { ($0.width * 1000).rounded() / 1000 }) == [1, 10])
        #expect(found.filter { !$0.isWeb }.allSatisfy { abs($0.width - 1) < 1e-9 })
    }

    private func search(_ measured: Measurement, _ web: Double, _ slot: Double, mostTurn: Double = .pi / 4) -> [NarrowPlace] {
        NarrowSearch(measured, limit: web, slotLimit: slot, touch: 0.01, mostTurn: mostTurn).places.map(\.place)
    }

    /// Checks that the narrowest found place has the expected width, that all places are of the expected kind, and that nothing is found with
    /// a limit just below the width.
    private func compare(_ sketch: Sketch, _ dice: inout Dice, isWeb: Bool, _ distance: Double) throws {
        let measured = try sketch.measured()
        #expect(measured.contours.selfCrossings.isEmpty && measured.contours.crossings.isEmpty)
        let kind = isWeb ? "web" : "slot"
        for limit in [distance + Self.exactness, dice.real(1.01, 2) * distance, max(3, 1.1 * distance)] {
            // A limit of 0 excludes places of the other kind.
            let found = search(measured, isWeb ? limit : 0, isWeb ? 0 : limit)
            let least = try #require(found.map(\.width).min(), "\(kind) of \(distance), limit \(limit)")
            #expect(abs(least - distance) < Self.exactness, "\(kind) of \(distance) reported as \(least), limit \(limit)")
            #expect(found.allSatisfy { $0.isWeb == isWeb })
        }
        for limit in [distance - Self.exactness, dice.real(0.1, 0.99) * distance] {
            let found = search(measured, isWeb ? limit : 0, isWeb ? 0 : limit)
            #expect(found.isEmpty, "\(kind) of \(distance) reported as \(found[0].width), limit \(limit)")
        }
    }

    private func expect(
        _ scene: NarrowScene, _ measured: Measurement, _ motion: NarrowMotion = NarrowMotion(), mostTurn: Double = .pi / 4
    ) throws {
        let found = search(measured, scene.isWeb ? 3.1 : 0, scene.isWeb ? 0 : 3.1, mostTurn: mostTurn)
        let place = try #require(found.first)
        #expect(found.count == 1 && place.isWeb == scene.isWeb)
        #expect(abs(place.width - scene.distance) < Self.exactness)
        // At a flat minimum the place is less exact than the width.
        let own = try #require(search(scene.sketch().measured(), scene.isWeb ? 3.1 : 0, scene.isWeb ? 0 : 3.1).first)
        #expect(place.place.isWithin(1e-3, of: motion.apply(own.place)), "\(place.place) for \(motion.apply(own.place))")
    }
}
