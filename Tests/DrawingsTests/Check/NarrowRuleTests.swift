import Testing

@testable import Drawings

/// The rules by which a pair of places is a narrow place, and the limits of the search.
struct NarrowRuleTests {
    private func search(_ sketch: Sketch, _ web: Double, _ slot: Double) throws -> [NarrowPlace] {
        NarrowSearch(try sketch.measured(), limit: web, slotLimit: slot, touch: 0.01).places.map(\.place)
    }

    private func outline(_ corners: [(Double, Double)]) -> Sketch {
        var sketch = Sketch()
        sketch.polyline(corners.map { ($0.0, $0.1, 0) }, closed: true)
        return sketch
    }

    /// A notch widens to the right. The upper side of the notch is as close to the lower edge of the plate as a web may be, but the lower
    /// side of the notch is between them.
    @Test func sidesWithAnotherStretchBetweenThemAreNoWeb() throws {
        let plate = outline([(0, 0), (130, 0), (150, 0), (150, 3), (130, 3), (20, 11), (130, 11), (150, 11), (150, 40), (0, 40)])
        let found = try search(plate, 15, 0)
        #expect(found.allSatisfy { $0.width <= 3 + 1e-9 }, "\(found)")
        #expect(found.contains { abs($0.width - 3) < 1e-9 })
    }

    /// The web is narrowest at x = 130. At the corner at x = 75 the distance falls along one span and rises along the other.
    @Test func aCornerBesideANarrowerPlaceIsNoMinimum() throws {
        let arm = outline([(0, 0), (200, 0), (200, 30), (130, 3), (75, 7), (20, 20), (20, 40), (0, 40)])
        let found = try search(arm, 15, 0)
        #expect(found.count == 1 && abs(found[0].width - 3) < 1e-9 && found[0].place.isWithin(1e-9, of: Point(130, 1.5)), "\(found)")
    }

    /// Contacts in one place are in the order of their contours.
    @Test func coincidingPlacesAreInTheOrderOfTheFile() throws {
        var sketch = Sketch()
        sketch.rectangle(0, 0, 100, 100)
        sketch.rectangle(40, 40, 10, 10)
        for ends in [((60.0, 50.0), (55.0, 60.0)), ((45, 60), (40, 60)), ((55, 40), (60, 42))] {
            sketch.polyline([(50, 50, 0), (ends.0.0, ends.0.1, 0), (ends.1.0, ends.1.1, 0)], closed: true)
        }
        let places = NarrowSearch(try sketch.measured(), limit: 1, slotLimit: 1, touch: 0.01).places
        #expect(places.map { [$0.pair.first, $0.pair.second] } == [[1, 2], [1, 3], [1, 4], [2, 3], [2, 4], [3, 4]])
    }

    /// A pocket is a relief of a corner, and no slot, while it is not much deeper than wide; the pocket can lie at the start of the outline.
    @Test(arguments: 0..<12) func pocketsAsDeepAsWideAreReliefs(start: Int) throws {
        let corners = [
            (0.0, 0.0), (100, 0), (100, 50), (61, 50), (61, 48.5), (60, 48.5), (60, 50), (21, 50), (21, 45.5), (20, 45.5), (20, 50),
            (0, 50),
        ]
        let found = try search(outline(Array(corners[start...] + corners[..<start])), 0, 1.5)
        #expect(found.count == 1 && found[0].width == 1 && found[0].place.isWithin(2.3, of: Point(20.5, 47.75)), "\(found)")
    }

    /// A piece in a hole may touch the side of the hole, because both are cut together.
    @Test func aPieceMayTouchTheSideOfItsHole() throws {
        var sketch = Sketch()
        sketch.rectangle(0, 0, 100, 100)
        sketch.rectangle(20, 20, 60, 60)
        sketch.polyline([(50, 20, 0), (60, 40, 0), (40, 40, 0)], closed: true)
        #expect(try search(sketch, 1, 1).isEmpty)
    }

    /// An outline stays divided into spans while it is compared with its holes, however large it is.
    @Test func theLargestContourIsDividedOnce() throws {
        var sketch = Sketch()
        sketch.polyline((0..<200).map { (Double($0), $0 % 2 == 0 ? 0.0 : 1, 0) } + [(199, 100, 0), (0, 100, 0)], closed: true)
        for hole in 0..<40 { sketch.rectangle(5 + 4 * Double(hole), 20, 2, 2) }
        let measured = try sketch.measured()
        let setting = NarrowSetting(web: 1, slot: 1, touch: 0.01, mostTurn: .pi / 4)
        var cache = NarrowCache(NarrowContours(measured, setting), mostSpans: 50)
        for hole in 1...40 {
            #expect(cache.contour(0).spans.count == 202)
            #expect(cache.contour(hole).spans.count == 4)
        }
        #expect(cache.built == 41)
        // The others are dropped.
        for hole in 1...40 { _ = cache.contour(hole) }
        #expect(cache.built > 60)
    }
}
