import Glibc

/// Random numbers that are the same for the same seed on every machine (SplitMix64, Steele 2014).
struct SeededNumbers: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
        return word ^ word >> 31
    }

    mutating func chance(_ part: Double) -> Bool { Double.random(in: 0..<1, using: &self) < part }
    mutating func real(_ range: ClosedRange<Double>) -> Double { (Double.random(in: range, using: &self) * 1000).rounded() / 1000 }
    mutating func whole(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }
}

/// A generated part, whose measurements follow from how it was drawn.
struct MadePart {
    var width = 0.0
    var height = 0.0
    var length = 0.0
    var pierces = 0

    /// Draws a part with its lower left corner at a place. Its outline is a polyline or loose lines.
    static func draw(_ sketch: inout Sketch, _ random: inout SeededNumbers, at x: Double, _ y: Double, size: Double) -> MadePart {
        var part = MadePart(width: size, height: (size * random.real(0.35...0.95)).rounded())
        let (w, h) = (part.width, part.height)
        switch random.whole(0...4) {
        case 0: part.outline(&sketch, [(0, 0), (w, 0), (w, h), (0, h)], x, y, loose: random.chance(0.5))
        case 1: part.rounded(&sketch, x, y, radius: h / 8)
        case 2:
            part.height = w
            sketch.circle(x + w / 2, y + w / 2, w / 2)
            part.count(.pi * w)
        case 3:
            part.outline(
                &sketch, [(0, 0), (w, 0), (w, h * 0.4), (w * 0.4, h * 0.4), (w * 0.4, h), (0, h)], x, y, loose: random.chance(0.5))
        default: part.outline(&sketch, [(0, 0), (w, 0), (w * 0.7, h), (w * 0.2, h)], x, y, loose: random.chance(0.5))
        }
        part.holes(&sketch, &random, x, y)
        return part
    }

    private mutating func count(_ length: Double) {
        self.length += length
        pierces += 1
    }

    private mutating func outline(_ sketch: inout Sketch, _ corners: [(Double, Double)], _ x: Double, _ y: Double, loose: Bool) {
        var sum = 0.0
        for (a, b) in zip(corners, corners.dropFirst() + corners.prefix(1)) {
            sum += hypot(b.0 - a.0, b.1 - a.1)
            if loose { sketch.line((x + a.0, y + a.1), (x + b.0, y + b.1)) }
        }
        if !loose { sketch.polyline(corners.map { (x + $0.0, y + $0.1, 0) }, closed: true) }
        count(sum)
    }

    private mutating func rounded(_ sketch: inout Sketch, _ x: Double, _ y: Double, radius r: Double) {
        let bulge = tan(Double.pi / 8), (w, h) = (width, height)
        sketch.polyline(
            [
                (x + r, y, 0), (x + w - r, y, bulge), (x + w, y + r, 0), (x + w, y + h - r, bulge), (x + w - r, y + h, 0),
                (x + r, y + h, bulge),
                (x, y + h - r, 0), (x, y + r, bulge),
            ], closed: true)
        count(2 * (w + h) - (8 - 2 * .pi) * r)
    }

    /// Draws round holes and slots in the lower left third, which is inside every outline.
    private mutating func holes(_ sketch: inout Sketch, _ random: inout SeededNumbers, _ x: Double, _ y: Double) {
        let radius = min(width, height) / 40
        for place in 0..<random.whole(1...4) {
            let (cx, cy) = (x + width * (0.28 + 0.07 * Double(place % 2)), y + height * (0.22 + 0.06 * Double(place / 2)))
            if random.chance(0.7) {
                sketch.circle(cx, cy, radius)
                count(2 * .pi * radius)
            } else {
                sketch.polyline(
                    [
                        (cx - radius, cy - radius / 2, 0), (cx, cy - radius / 2, 1), (cx, cy + radius / 2, 0),
                        (cx - radius, cy + radius / 2, 1),
                    ],
                    closed: true)
                count(2 * radius + .pi * radius)
            }
        }
    }
}

/// Drawings of parts of various kinds, some of which resemble drawing sheets.
enum MadeDrawing {
    static func draw(_ number: Int) -> Sketch {
        var random = SeededNumbers(seed: UInt64(number) &* 7919 &+ 1)
        var sketch = Sketch()
        let size = random.real(40...900)
        switch number % 10 {
        case 0, 1: plain(&sketch, &random, size)
        case 2: centred(&sketch, &random, size)
        case 3:
            for place in 0..<random.whole(3...12) {
                _ = MadePart.draw(&sketch, &random, at: Double(place % 4) * 1.2 * size, Double(place / 4) * 1.2 * size, size: size)
            }
        case 4: bent(&sketch, &random, size)
        case 5: window(&sketch, &random, size)
        case 6: vented(&sketch, &random, size)
        case 7: engraved(&sketch, &random, size)
        case 8: faulty(&sketch, &random, size)
        default: dimensioned(&sketch, &random, size)
        }
        return sketch
    }

    /// Draws a plate with the sides of a paper size, or any part.
    private static func plain(_ sketch: inout Sketch, _ random: inout SeededNumbers, _ size: Double) {
        guard random.chance(0.5) else {
            _ = MadePart.draw(&sketch, &random, at: 0, 0, size: size)
            return
        }
        sketch.rectangle(0, 0, 420, 297)
        for place in 0..<12 { sketch.circle(30 + Double(place % 4) * 110, 40 + Double(place / 4) * 90, 6) }
        for text in 0..<random.whole(0...4) { sketch.add((0, "TEXT"), (8, "0"), (10, 10), (20, text), (40, 5), (1, "NOTE")) }
    }

    private static func centred(_ sketch: inout Sketch, _ random: inout SeededNumbers, _ size: Double) {
        sketch.rectangle(0, 0, size, size * 0.7)
        let layer = random.chance(0.5) ? "CENTERLINES" : "0"
        for place in 0..<6 {
            let (x, y) = (size * (0.2 + 0.3 * Double(place % 3)), size * (0.2 + 0.3 * Double(place / 3)))
            sketch.circle(x, y, size / 30)
            sketch.line((x - size / 20, y), (x + size / 20, y), layer: layer)
            sketch.line((x, y - size / 20), (x, y + size / 20), layer: layer)
        }
        for _ in 0..<random.whole(0...3) { sketch.add((0, "TEXT"), (8, "0"), (10, 0), (20, -20), (40, 5), (1, "t=3mm")) }
    }

    /// Draws bend lines from edge to edge, in one direction or both.
    private static func bent(_ sketch: inout Sketch, _ random: inout SeededNumbers, _ size: Double) {
        sketch.rectangle(0, 0, size, size * 0.6)
        let layer = random.chance(0.5) ? "BEND" : "0"
        for x in [0.1, 0.9] { sketch.line((size * x, 0), (size * x, size * 0.6), layer: layer) }
        if random.chance(0.6) { for y in [0.1, 0.5] { sketch.line((0, size * y), (size, size * y), layer: layer) } }
        for place in 0..<4 { sketch.circle(size * (0.3 + 0.12 * Double(place)), size * 0.3, size / 40) }
    }

    private static func window(_ sketch: inout Sketch, _ random: inout SeededNumbers, _ size: Double) {
        sketch.rectangle(0, 0, size, size * 0.7)
        sketch.rectangle(size * 0.06, size * 0.06, size * 0.88, size * 0.58)
        for place in 0..<8 { sketch.circle(size * (0.03 + 0.13 * Double(place)), size * 0.03, size / 100) }
        if random.chance(0.5) { for corner in 0..<3 { sketch.circle(size * 0.03, size * (0.2 + 0.15 * Double(corner)), size / 100) } }
    }

    /// Draws equal slender triangles.
    private static func vented(_ sketch: inout Sketch, _ random: inout SeededNumbers, _ size: Double) {
        sketch.rectangle(0, 0, size, size)
        let long = size * (random.chance(0.5) ? 0.04 : 0.2)
        for vent in 0..<16 {
            let angle = Double(vent) * .pi / 8
            let (ux, uy) = (cos(angle), sin(angle))
            let tip = (size / 2 + ux * size * 0.15, size / 2 + uy * size * 0.15)
            let base = (tip.0 + ux * long, tip.1 + uy * long)
            sketch.polyline(
                [
                    (tip.0, tip.1, 0), (base.0 - uy * long / 6, base.1 + ux * long / 6, 0),
                    (base.0 + uy * long / 6, base.1 - ux * long / 6, 0),
                ],
                closed: true)
        }
    }

    private static func engraved(_ sketch: inout Sketch, _ random: inout SeededNumbers, _ size: Double) {
        let part = MadePart.draw(&sketch, &random, at: 0, 0, size: size)
        for stroke in 0..<random.whole(10...60) {
            let (x, y) = (part.width * 0.3 + Double(stroke % 20) * size / 300, part.height * 0.1 + Double(stroke / 20) * size / 100)
            sketch.line((x, y), (x + random.real(-2...2) * size / 500, y + size / 200), layer: random.chance(0.5) ? "ENGRAVE" : "0")
        }
        for text in 0..<3 { sketch.add((0, "TEXT"), (8, "0"), (10, 10), (20, text), (40, 5), (1, "A")) }
    }

    /// Draws open outlines, duplicates and stray lines.
    private static func faulty(_ sketch: inout Sketch, _ random: inout SeededNumbers, _ size: Double) {
        _ = MadePart.draw(&sketch, &random, at: 0, 0, size: size)
        for stray in 0..<random.whole(2...14) {
            let (x, y) = (random.real(0...1) * size, random.real(0...1) * size)
            sketch.line((x, y), (x + size / 10, y + Double(stray) * size / 90))
        }
        sketch.polyline([(size * 1.2, 0, 0), (size * 2, 0, 0), (size * 2, size, 0), (size * 1.2, size * 0.01, 0)], closed: false)
    }

    /// Draws dimension and text entities, which readers leave out.
    private static func dimensioned(_ sketch: inout Sketch, _ random: inout SeededNumbers, _ size: Double) {
        _ = MadePart.draw(&sketch, &random, at: 0, 0, size: size)
        for number in 0..<random.whole(1...6) {
            sketch.add((0, "DIMENSION"), (8, "DIM"), (2, "*D\(number)"), (10, 0), (20, -30), (70, 32))
            sketch.add((0, "TEXT"), (8, "TEXT"), (10, 0), (20, -40), (40, 5), (1, "\(size)"))
        }
    }
}
