import Glibc
import Testing

@testable import Drawings

/// Times, compared with formulas.
struct CutTimeTests {
    private let motion = MachineMotion(acceleration: 10_000, deviation: 0.03, rapid: 1000, head: 0.5)

    private func measured(_ draw: (inout Sketch) -> Void) throws -> Measurement {
        var sketch = Sketch()
        sketch.section("ENTITIES") { draw(&$0) }
        return try sketch.measured()
    }

    @Test func linesHaveTrapezoidalOrTriangularSpeeds() throws {
        #expect(agree(motion.time(200, at: 1000), 0.3))
        #expect(agree(motion.time(25, at: 1000), 0.1))
        let line = try measured { $0.line((0, 0), (100, 0)) }
        for feed in [50.0, 500, 5000] {
            #expect(agree(line.motion(of: 0).time(feed: feed, motion), motion.time(100, at: feed)))
        }
    }

    @Test func cornersAndCurvesSlowDown() throws {
        // At a right angle sin(t/2) = 0.7071, so v = sqrt(10000 * 0.03 * 0.7071 / 0.2929) = 26.91 mm/s.
        #expect(abs(motion.cornerSpeed(Point(1, 0), Point(0, 1), leg: 10) - 26.9126) < 1e-3)
        #expect(motion.cornerSpeed(Point(1, 0), Point(1, 0), leg: 10) == .infinity)
        #expect(motion.cornerSpeed(Point(1, 0), Point(-1, 0), leg: 10) == 0)
        // For legs of 0.1 mm the arc that rounds a right angle takes at most half of each: a radius of 0.05 mm.
        #expect(agree(motion.cornerSpeed(Point(1, 0), Point(0, 1), leg: 0.1), (motion.acceleration * 0.05).squareRoot()))
        let circle = try measured { $0.circle(0, 0, 4) }
        // sqrt(10000 * 4) = 200 mm/s in the curve, with 2 mm for starting and 2 mm for stopping.
        let expected: Double = (8 * Double.pi - 4) / 200 + 0.04
        #expect(agree(circle.motion(of: 0).time(feed: 1000, motion), expected))
        // A circle of many short lines takes as long as a CIRCLE.
        let chords = try measured { out in
            let corners = (0..<360).map { degree -> (Double, Double, Double) in
                let angle = Double(degree) * Double.pi / 180
                return (100 * cos(angle), 100 * sin(angle), 0)
            }
            out.polyline(corners, closed: true)
        }
        let round = try measured { $0.circle(0, 0, 100) }
        let difference = chords.motion(of: 0).time(feed: 200, motion) - round.motion(of: 0).time(feed: 200, motion)
        #expect(abs(difference) < 0.01)
    }

    @Test func theTermsAddUpToTheTime() throws {
        let plate = try measured { out in
            out.rectangle(0, 0, 100, 50)
            out.circle(25, 25, 2)
            out.circle(75, 25, 10)
        }
        var rates = CutTime.Rates(feed: 6000, pierce: 0.5, thickness: 3)
        rates.motion = motion
        let time = CutTime(plate, rates)
        let terms = Dictionary(uniqueKeysWithValues: time.terms.map { ($0.name, $0) })
        func seconds(_ name: String) -> Double { terms[name]?.seconds ?? -1 }
        let round: Double = 20 * Double.pi
        #expect(agree(seconds("cutting"), (300 + round) / 100))
        #expect(agree(seconds("small holes"), 4 * Double.pi / 50))
        #expect(agree(seconds("pierces"), 1.5) && agree(seconds("head"), 1.5))
        #expect(agree(seconds("lead-ins"), 0.12))
        #expect(agree(time.seconds, time.terms.map(\.seconds).reduce(0, +)))
        #expect(terms["travel"]?.basis.hasPrefix("3 hops") == true)
    }

    /// In a sheet of 10 mm, holes up to 15 mm are small and cut at half the feed: 5 mm/s instead of 10.
    @Test(arguments: [(12.0, true), (16.0, false)]) func smallHolesDependOnTheThickness(diameter: Double, isSmall: Bool) throws {
        let plate = try measured { out in
            out.rectangle(0, 0, 100, 50)
            out.circle(50, 25, diameter / 2)
        }
        let terms = CutTime(plate, CutTime.Rates(feed: 600, pierce: 1, thickness: 10)).terms, round: Double = diameter * .pi
        let cutting = isSmall ? [30, round / 5] : [(300 + round) / 10]
        #expect(terms.count > cutting.count && zip(terms, cutting).allSatisfy { agree($0.seconds, $1) })
        #expect(terms.contains { $0.name == "small holes" } == isSmall)
    }

    @Test func engravedLinesHaveATimeAndIgnoredOnesDoNot() throws {
        var sketch = Sketch()
        sketch.section("ENTITIES") { out in
            out.rectangle(0, 0, 100, 50, layer: "CUT")
            // If this line were cut, its end on the outline would break the outline into pieces.
            out.line((0, 0), (80, 0), layer: "ENGRAVING")
            out.line((10, 30), (90, 30), layer: "CENTER")
        }
        let cut = try sketch.measured(Measure.Options(process: .cut)), engraved = try sketch.measured(Measure.Options(process: .engrave))
        let time = CutTime(cut, engraved: [engraved], CutTime.Rates(feed: 6000, pierce: 0.5, thickness: 3))
        #expect(time.terms.map(\.name) == ["cutting", "engraving", "corners and curves", "pierces", "lead-ins", "travel", "head"])
        #expect(time.terms[1].basis == "80 mm at 6000 mm/min")
        #expect(time.terms[3].basis == "1 x 0.5 s")
    }

    @Test func holesComeBeforeTheirOutline() throws {
        var random = Seeded(3)
        let plate = try measured { out in
            for part in 0..<20 {
                let x = Double(part % 5) * 120, y = Double(part / 5) * 120
                out.rectangle(x, y, 100, 100)
                out.rectangle(x + 20, y + 20, 60, 60)
                out.circle(x + 50, y + 50, 10)
                for _ in 0..<10 { out.circle(x + random.real(5, 15), y + random.real(5, 95), 0.4) }
            }
        }
        var stops: [Tour.Stop] = []
        for contour in plate.contours { stops.append(Tour.Stop(starts: [contour.box.min], parent: contour.parent)) }
        let tour = Tour(stops, from: .zero)
        #expect(tour.order.sorted() == Array(stops.indices))
        let place = Dictionary(uniqueKeysWithValues: tour.order.enumerated().map { ($0.element, $0.offset) })
        for (stop, contour) in plate.contours.enumerated() where contour.parent != nil { #expect(place[stop]! < place[contour.parent!]!) }
    }

    @Test func toursAreShortAndReproducible() {
        var random = Seeded(11)
        let stops = (0..<400).map { _ in Tour.Stop(starts: [Point(random.real(0, 1000), random.real(0, 1000))]) }
        let tour = Tour(stops, from: .zero)
        // The expected length of the shortest tour through n random places in a square of area A is 0.7124 sqrt(n A) (Beardwood and others,
        // 1959).
        let shortest: Double = 0.7124 * 20_000
        print("tour: \(tour.hops.reduce(0, +) / shortest) times the expected shortest")
        #expect(tour.hops.reduce(0, +) < 1.12 * shortest)
        #expect(Tour(stops, from: .zero).order == tour.order)
        // The tour of a grid of holes has no detours.
        let grid = (0..<900).map { Tour.Stop(starts: [Point(Double($0 % 30) * 10, Double($0 / 30) * 10)]) }
        #expect(Tour(grid, from: .zero).hops.reduce(0, +) < 1.05 * 8990)
    }

    /// Sizes that exceed every machine have a time and cause no overflow.
    @Test(arguments: [5e9, 1e14]) func hugeDrawingsHaveATime(size: Double) throws {
        let huge = try measured {
            $0.circle(0, 0, size)
            $0.line((0, 0), (size, 0))
        }
        #expect(CutTime(huge, CutTime.Rates(feed: 3000, pierce: 0.5, thickness: 3)).seconds > size / 50)
    }

    @Test func openLinesAreStartedAtEitherEnd() {
        // Three hatch lines are cut in alternating directions.
        let stops = (0..<3).map { Tour.Stop(starts: [Point(0, Double($0))], end: Point(100, Double($0))) }
        #expect(Tour(stops, from: .zero).hops == [0, 1, 1])
    }

    @Test func timesArePlausibleForTheTableOfAShop() throws {
        // A plate of 200 x 100 with eight holes of 10 in mild steel, by the table of a shop in the definitions: mm/min, seconds per pierce.
        let plate = try measured { out in
            out.rectangle(0, 0, 200, 100)
            for hole in 0..<8 { out.circle(20 + Double(hole) * 22, 50, 5) }
        }
        for (thickness, feed, pierce) in [(1.2, 53_000.0, 0.01), (3, 21_000, 0.1), (6.35, 4600, 0.4), (12.7, 1500, 3), (25.4, 890, 10)] {
            var rates = CutTime.Rates(feed: feed, pierce: pierce, thickness: thickness)
            rates.motion = motion
            let time = CutTime(plate, rates)
            let least: Double = plate.cutLengthMM / (feed / 60) + 9 * pierce
            // The time cannot be less than that of the feed and the pierces. Acceleration, small holes, lead-ins and hops add at most this
            // much.
            let most: Double = 2.2 * least + 9 * 0.7
            print("time: \(thickness) mm takes \(time.seconds) s, feed and pierces alone \(least) s")
            #expect(time.seconds > least && time.seconds < most)
        }
    }
}
