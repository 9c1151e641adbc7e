import Glibc

/// A rigid map of the plane: a reflection in the x axis if `isMirrored`, then a rotation, then a translation.
package struct Rigid: Sendable {
    package let isMirrored: Bool
    /// The rotation in radians, positive counterclockwise.
    package let turn: Double
    package let shift: Point
    private let cosine, sine: Double

    package static let identity = Rigid(mirrored: false, turn: 0, shift: .zero)

    init(mirrored: Bool, turn: Double, shift: Point) {
        (isMirrored, self.turn, self.shift) = (mirrored, turn, shift)
        (cosine, sine) = (cos(turn), sin(turn))
    }

    /// The map with a given rotation that maps `from` to `to`.
    init(mirrored: Bool, turn: Double, taking from: Point, to: Point) {
        let bare = Rigid(mirrored: mirrored, turn: turn, shift: .zero)
        self.init(mirrored: mirrored, turn: turn, shift: to - bare(from))
    }

    @inline(__always)
    package func callAsFunction(_ p: Point) -> Point { direction(p) + shift }

    /// Maps a displacement: without the translation.
    @inline(__always)
    func direction(_ p: Point) -> Point {
        let y = isMirrored ? -p.y : p.y
        return Point(cosine * p.x - sine * y, sine * p.x + cosine * y)
    }

    var inverse: Rigid {
        // A reflection is its own inverse, and reverses the direction of the rotation.
        let back = Rigid(mirrored: isMirrored, turn: isMirrored ? turn : -turn, shift: .zero)
        return Rigid(mirrored: isMirrored, turn: back.turn, shift: back(shift) * -1)
    }

    /// Returns the map followed by a rotation by a small angle about a place and a translation.
    func nudged(by angle: Double, about place: Point, shift more: Point) -> Rigid {
        let small = Rigid(mirrored: false, turn: angle, shift: .zero)
        return Rigid(mirrored: isMirrored, turn: turn + angle, shift: small(shift - place) + place + more)
    }

    /// The rotation in degrees from 0 to 360, rounded to thousandths.
    package var degrees: Double {
        let thousandths = (turn * 180 / .pi * 1000).rounded()
        let rest = fmod(thousandths, 360_000)
        return (rest < 0 ? rest + 360_000 : rest + 0) / 1000
    }
}
