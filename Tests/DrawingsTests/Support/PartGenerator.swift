import Drawings
import Glibc

/// Random numbers that are the same for the same seed (SplitMix64).
struct Seeded: RandomNumberGenerator {
    private var state: UInt64
    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
        return word ^ word >> 31
    }

    mutating func real(_ low: Double, _ high: Double) -> Double { Double.random(in: low...high, using: &self) }
    mutating func whole(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }
    mutating func isTrue() -> Bool { Bool.random(using: &self) }
}

/// A part of polylines with bulges and circles, in millimetres.
struct GeneratedPart {
    enum Contour {
        case polyline([(x: Double, y: Double, bulge: Double)])
        case circle(x: Double, y: Double, radius: Double)
    }

    var contours: [Contour]

    /// A random outline with random holes.
    init(_ random: inout Seeded) {
        let (width, height) = (random.real(60, 300), random.real(40, 200))
        switch random.whole(0...4) {
        case 0: contours = [.polyline([(0, 0, 0), (width, 0, 0), (width, height, 0), (0, height, 0)])]
        case 1:
            let r = random.real(3, 18)
            contours = [.polyline(Self.rounded(width, height, r))]
        case 2: contours = [.circle(x: width / 2, y: height / 2, radius: max(width, height) * 0.8)]
        case 3:
            contours = [
                .polyline([
                    (0, 0, 0), (width, 0, 0), (width, height * 0.4, 0), (width * 0.4, height * 0.4, 0), (width * 0.4, height, 0),
                    (0, height, 0),
                ])
            ]
        default:
            let corners = random.whole(5...9)
            contours = [
                .polyline(
                    (0..<corners).map { corner in
                        let angle = 2 * Double.pi * Double(corner) / Double(corners)
                        let reach = max(width, height) * random.real(0.55, 0.75)
                        return (
                            width / 2 + reach * cos(angle), height / 2 + reach * sin(angle), random.isTrue() ? 0 : random.real(-0.2, 0.2)
                        )
                    })
            ]
        }
        for _ in 0..<random.whole(0...4) {
            contours.append(.circle(x: width * random.real(0.08, 0.32), y: height * random.real(0.08, 0.32), radius: random.real(1, 3)))
        }
        if random.isTrue() { ring(&random, x: width * 0.2, y: height * 0.2, radius: min(width, height) * 0.1) }
    }

    private mutating func ring(_ random: inout Seeded, x: Double, y: Double, radius: Double) {
        let count = random.whole(3...12)
        for hole in 0..<count {
            let angle = 2 * Double.pi * Double(hole) / Double(count)
            contours.append(.circle(x: x + radius * cos(angle), y: y + radius * sin(angle), radius: 0.8))
        }
    }

    static func rounded(_ width: Double, _ height: Double, _ r: Double) -> [(x: Double, y: Double, bulge: Double)] {
        let b = 0.41421356237309503
        return [
            (r, 0, 0), (width - r, 0, b), (width, r, 0), (width, height - r, b), (width - r, height, 0), (r, height, b), (0, height - r, 0),
            (0, r, b),
        ]
    }

    /// Returns a nearly equal part: with one hole moved or enlarged, or a corner moved, by some tenths of a millimetre.
    func twin(_ random: inout Seeded) -> GeneratedPart {
        var twin = self
        let place = random.whole(0...contours.count - 1)
        switch twin.contours[place] {
        case .circle(let x, let y, let radius):
            twin.contours[place] =
                random.isTrue() && contours.count > 1
                ? .circle(x: x + random.real(0.2, 0.5), y: y, radius: radius) : .circle(x: x, y: y, radius: radius + random.real(0.1, 0.3))
        case .polyline(var corners):
            corners[0].x -= random.real(0.2, 0.5)
            twin.contours[place] = .polyline(corners)
        }
        return twin
    }
}

/// Writes a part as another program would: rotated, moved, mirrored, with other entities, in another order and unit, and with noise.
struct ReExport {
    private var random: Seeded
    private let turn, dx, dy: Double
    private let isMirrored, isInch: Bool
    private let noise: Double

    init(_ seed: UInt64, noise: Double = 1e-4) {
        random = Seeded(seed)
        (turn, dx, dy) = (random.real(0, 2 * .pi), random.real(-500, 500), random.real(-500, 500))
        (isMirrored, isInch, self.noise) = (random.isTrue(), random.isTrue(), noise)
    }

    mutating func drawing(_ part: GeneratedPart) throws -> Drawing {
        var sketch = Sketch()
        sketch.section("HEADER") { $0.add((9, "$INSUNITS"), (70, isInch ? 1 : 4)) }
        let contours = part.contours.shuffled(using: &random)
        var body = self
        sketch.section("ENTITIES") { out in for contour in contours { body.write(contour, &out) } }
        random = body.random
        return try Drawing(reading: sketch.bytes())
    }

    /// Returns a place in the unit of the file, rounded to seven decimal places as in such files.
    private mutating func place(_ x: Double, _ y: Double) -> (Double, Double) {
        let y = isMirrored ? -y : y
        let moved = (
            cos(turn) * x - sin(turn) * y + dx + random.real(-noise, noise), sin(turn) * x + cos(turn) * y + dy + random.real(-noise, noise)
        )
        let unit = isInch ? 25.4 : 1
        return ((moved.0 / unit * 1e7).rounded() / 1e7, (moved.1 / unit * 1e7).rounded() / 1e7)
    }

    private mutating func write(_ contour: GeneratedPart.Contour, _ out: inout Sketch) {
        switch contour {
        case .circle(let x, let y, let radius): circle(x, y, radius, &out)
        case .polyline(let corners): polyline(corners, &out)
        }
    }

    private mutating func circle(_ x: Double, _ y: Double, _ radius: Double, _ out: inout Sketch) {
        let unit = isInch ? 25.4 : 1
        let angle = random.real(0, 2 * .pi), far = (radius * cos(angle), radius * sin(angle))
        switch random.whole(0...2) {
        case 0:
            let centre = place(x, y)
            out.circle(centre.0, centre.1, radius / unit)
        case 1:
            let centre = place(x, y), degrees = random.real(10, 170)
            for (from, to) in [(0, degrees), (degrees, 360)] {
                out.add((0, "ARC"), (8, "0"), (10, centre.0), (20, centre.1), (40, radius / unit), (50, from), (51, to))
            }
        default:
            let (a, b) = (place(x + far.0, y + far.1), place(x - far.0, y - far.1))
            out.polyline([(a.0, a.1, 1), (b.0, b.1, 1)], closed: true)
        }
    }

    private mutating func polyline(_ given: [(x: Double, y: Double, bulge: Double)], _ out: inout Sketch) {
        let first = random.whole(0...given.count - 1)
        let corners = Array(given[first...] + given[..<first])
        let places = corners.map { place($0.x, $0.y) }
        let bulges = corners.map { isMirrored ? -$0.bulge : $0.bulge }
        if random.isTrue() {
            out.polyline(corners.indices.map { (places[$0].0, places[$0].1, bulges[$0]) }, closed: true)
            return
        }
        for index in corners.indices.shuffled(using: &random) {
            let (a, b) = (places[index], places[(index + 1) % places.count])
            if bulges[index] != 0 {
                out.polyline([(a.0, a.1, bulges[index]), (b.0, b.1, 0)], closed: false)
            } else if random.isTrue() {
                let share = random.real(0.2, 0.8)
                let middle = (a.0 + (b.0 - a.0) * share, a.1 + (b.1 - a.1) * share)
                out.line(middle, a)
                out.line(middle, b)
            } else {
                out.line(a, b)
            }
        }
    }
}
