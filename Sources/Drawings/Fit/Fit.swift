import Glibc

/// A place for a part in a region.
package struct Fit: Sendable {
    /// The rotation of the part in radians, counterclockwise, about the centre of its box; then the part is moved.
    let pose: Rigid
    /// The lower left corner of the box around the rotated part, in millimetres from that of the region.
    package let place: Point

    /// The rotation in degrees, from 0 to 360: to a ten-millionth, which is less than a micrometre in 100 m.
    package var degrees: Double { Angle.degrees(pose.turn) }

    init(turn: Double, box: Box, to place: Point) {
        (pose, self.place) = (Rigid(mirrored: false, turn: turn, shift: place - box.min), place)
    }
}

extension FitPart {
    /// How much larger a part may be than a rectangle: half of the tolerance, so that rounding does not exceed it.
    private static let slack = FitProof.tolerance / 2

    /// Returns a place in a rectangle, at any rotation, if there is one: as it is drawn, with an edge along an edge, or else in the middle of
    /// the longest range of rotations that is possible.
    func fit(in rectangle: Box) -> Fit? {
        guard widths.least <= min(rectangle.width, rectangle.height) + Self.slack else { return nil }
        for turn in [0, Double.pi / 2] { if let fit = fit(in: rectangle, turnedBy: turn) { return fit } }
        let ranges = widths.turns(within: rectangle.width + Self.slack, rectangle.height + Self.slack)
        guard let longest = ranges.max(by: { $0.upperBound - $0.lowerBound < $1.upperBound - $1.lowerBound }) else { return nil }
        let turns = support.flats.prefix(16).flatMap { [1.5 * Double.pi - $0.angle, Double.pi - $0.angle] }
        let aligned = turns.map { Angle.positive($0, turn: .pi) }
        let turn = aligned.first { turn in ranges.contains { $0.contains(turn) } } ?? (longest.lowerBound + longest.upperBound) / 2
        return fit(in: rectangle, turnedBy: turn)
    }

    private func fit(in rectangle: Box, turnedBy turn: Double) -> Fit? {
        let box = support.box(turnedBy: turn), room = Point(rectangle.width - box.width, rectangle.height - box.height)
        guard room.x >= -FitProof.tolerance, room.y >= -FitProof.tolerance else { return nil }
        // Less room than none is shared by both sides.
        return Fit(turn: turn, box: box, to: rectangle.min + Point(min(0, room.x / 2), min(0, room.y / 2)))
    }
}
