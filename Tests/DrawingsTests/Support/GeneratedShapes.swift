import Glibc

/// The expected measurements of a drawing by closed formulas, in its own units.
struct Expected {
    var length = 0.0
    var net = 0.0
    var gross = 0.0
    var closed = 0
    var open = 0
    var outer = 0
    var holes = 0
    var skipped: [String: Int] = [:]
}

/// Returns the circumference of an ellipse by the arithmetic-geometric mean (Abramowitz and Stegun 17.6).
func circumference(_ first: Double, _ second: Double) -> Double {
    let (long, short) = (max(first, second), min(first, second))
    var (a, b, power) = (1.0, short / long, 0.5)
    var c = (1 - b * b).squareRoot()
    var sum = power * c * c
    for _ in 0..<12 {
        (a, b, c) = ((a + b) / 2, (a * b).squareRoot(), (a - b) / 2)
        power *= 2
        sum += power * c * c
    }
    return 2 * .pi * long / a * (1 - sum)
}

/// A closed outline about the origin, inside a circle of radius 1, with space for one of radius 0.3 in its centre.
struct DrawnPart {
    enum Piece {
        case line
        /// An arc with a bulge.
        case arc(Double)
    }

    enum Curve {
        case none
        /// A full ellipse with these semi-axes.
        case ellipse(Double, Double)
        /// The upper half of an ellipse about (0, -0.42 a), and its chord.
        case halfEllipse(Double, Double)
        /// y = x² / l from -l to l, and its chord.
        case parabola(Double)
        case roundSpline
    }

    /// The corners, each with the piece to the next one.
    var corners: [(x: Double, y: Double, piece: Piece)] = []
    var curve = Curve.none
    var length = 0.0
    var area = 0.0

    /// Returns a random outline. `old` excludes what R12 does not support.
    static func any(_ dice: inout Dice, old: Bool) -> DrawnPart {
        switch dice.whole(old ? 0...4 : 0...8) {
        case 0: circle()
        case 1: rectangle(dice.real(0.4, 1.1))
        case 2: slot(dice.real(0.35, 0.9))
        case 3: rounded(dice.real(0.5, 1), dice.real(0.05, 0.3))
        case 4: regular(dice.whole(4...9))
        case 5: ellipse(1, dice.real(0.35, 0.99))
        case 6: halfEllipse(1 / 1.1, dice.real(0.9, 1) / 1.1)
        case 7: parabola(1 / 1.1)
        default: DrawnPart(curve: .roundSpline, length: 2 * .pi, area: .pi)
        }
    }

    static func circle() -> DrawnPart { DrawnPart(curve: .ellipse(1, 1), length: 2 * .pi, area: .pi) }

    static func ellipse(_ a: Double, _ b: Double) -> DrawnPart {
        DrawnPart(curve: .ellipse(a, b), length: circumference(a, b), area: .pi * a * b)
    }

    static func halfEllipse(_ a: Double, _ b: Double) -> DrawnPart {
        DrawnPart(curve: .halfEllipse(a, b), length: circumference(a, b) / 2 + 2 * a, area: .pi * a * b / 2)
    }

    static func parabola(_ l: Double) -> DrawnPart {
        DrawnPart(curve: .parabola(l), length: l * (5.0.squareRoot() + asinh(2) / 2) + 2 * l, area: 4 * l * l / 3)
    }

    /// A rectangle whose half diagonal has this angle.
    static func rectangle(_ angle: Double) -> DrawnPart {
        let (w, h) = (cos(angle), sin(angle))
        return DrawnPart(
            corners: [(-w, -h, .line), (w, -h, .line), (w, h, .line), (-w, h, .line)], length: 4 * (w + h), area: 4 * w * h)
    }

    /// A slot whose ends are half circles of this radius.
    static func slot(_ r: Double) -> DrawnPart {
        let half = 1 - r
        return DrawnPart(
            corners: [(-half, -r, .line), (half, -r, .arc(1)), (half, r, .line), (-half, r, .arc(1))],
            length: 4 * half + 2 * .pi * r, area: 4 * half * r + .pi * r * r)
    }

    static func rounded(_ angle: Double, _ r: Double) -> DrawnPart {
        let (w, h, bulge) = (cos(angle), sin(angle), Piece.arc(tan(.pi / 8)))
        return DrawnPart(
            corners: [
                (-w + r, -h, .line), (w - r, -h, bulge), (w, -h + r, .line), (w, h - r, bulge), (w - r, h, .line), (-w + r, h, bulge),
                (-w, h - r, .line), (-w, -h + r, bulge),
            ], length: 4 * (w + h) - (8 - 2 * .pi) * r, area: 4 * w * h - (4 - .pi) * r * r)
    }

    static func regular(_ sides: Int) -> DrawnPart {
        let step = 2 * Double.pi / Double(sides)
        return DrawnPart(
            corners: (0..<sides).map { (cos(step * Double($0)), sin(step * Double($0)), .line) },
            length: 2 * Double(sides) * sin(step / 2), area: Double(sides) / 2 * sin(step))
    }
}
