import Glibc

/// A rigid map of the plane: mirrored in the x axis where it mirrors, then turned, then shifted.
package struct Rigid: Sendable {
    package let isMirrored: Bool
    /// Counter-clockwise, in radians.
    package let turn: Double
    package let shift: Point
    private let cosine, sine: Double

    package static let identity = Rigid(mirrored: false, turn: 0, shift: .zero)

    init(mirrored: Bool, turn: Double, shift: Point) {
        (isMirrored, self.turn, self.shift) = (mirrored, turn, shift)
        (cosine, sine) = (cos(turn), sin(turn))
    }

    /// The map that takes one point to another.
    init(mirrored: Bool, turn: Double, taking from: Point, to: Point) {
        let bare = Rigid(mirrored: mirrored, turn: turn, shift: .zero)
        self.init(mirrored: mirrored, turn: turn, shift: to - bare(from))
    }

    @inline(__always)
    package func callAsFunction(_ p: Point) -> Point { direction(p) + shift }

    /// Without the shift.
    @inline(__always)
    func direction(_ p: Point) -> Point {
        let y = isMirrored ? -p.y : p.y
        return Point(cosine * p.x - sine * y, sine * p.x + cosine * y)
    }

    var inverse: Rigid {
        // A mirroring undoes itself, and turns the sense of the turn round.
        let back = Rigid(mirrored: isMirrored, turn: isMirrored ? turn : -turn, shift: .zero)
        return Rigid(mirrored: isMirrored, turn: back.turn, shift: back(shift) * -1)
    }

    /// The same, then turned by a small angle about a place and shifted.
    func nudged(by angle: Double, about place: Point, shift more: Point) -> Rigid {
        let small = Rigid(mirrored: false, turn: angle, shift: .zero)
        return Rigid(mirrored: isMirrored, turn: turn + angle, shift: small(shift - place) + place + more)
    }

    /// The turn in degrees from 0 to 360, to a thousandth.
    package var degrees: Double {
        let thousandths = (turn * 180 / .pi * 1000).rounded()
        let rest = fmod(thousandths, 360_000)
        return (rest < 0 ? rest + 360_000 : rest + 0) / 1000
    }
}
