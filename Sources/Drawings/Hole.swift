/// The shape of a hole.
package struct Hole: Sendable {
    package enum Shape: String, Sendable { case round, slot, rectangle, other }

    package let shape: Shape
    /// Of a round hole.
    package let diameterMM: Double?
    /// The narrow side of a slot or rectangle; of another shape the narrow side of its box.
    package let widthMM: Double
    package let lengthMM: Double
    /// How a round one is drawn.
    package let drawn: Round.Drawn?
}

extension Measurement {
    /// The places in `contours` of the holes: closed, within an odd number of others.
    package var holePlaces: [Int] { contours.loops.indices.filter { contours.loops[$0].hasArea && contours.loops[$0].depth % 2 == 1 } }

    /// What a hole is; its place is that in `contours`.
    package func hole(_ place: Int) -> Hole {
        if let round = round(place) {
            return Hole(
                shape: .round, diameterMM: round.diameterMM, widthMM: round.diameterMM, lengthMM: round.diameterMM, drawn: round.drawn)
        }
        let loop = contours.loops[place]
        var (lines, curves): ([Segment], Int) = ([], 0)
        Chaining.walk(members[loop.chain.range], geometry) { segment, isBackwards in
            guard segment.isLine else { return curves += 1 }
            let line = isBackwards ? Segment(line: segment.b, segment.a) : segment
            // Pieces of one straight side.
            if let last = lines.last, curves == 0, abs((last.b - last.a).cross(line.b - line.a)) <= 1e-9 * last.length * line.length,
                (last.b - last.a).dot(line.b - line.a) > 0
            {
                lines[lines.count - 1] = Segment(line: last.a, line.b)
            } else {
                lines.append(line)
            }
        }
        if let sides = slot(lines, curves) ?? rectangle(lines, curves) {
            return Hole(
                shape: curves > 0 ? .slot : .rectangle, diameterMM: nil, widthMM: min(sides.0, sides.1) * mmPerUnit,
                lengthMM: max(sides.0, sides.1) * mmPerUnit, drawn: nil)
        }
        let (width, height) = (loop.box.width * mmPerUnit, loop.box.height * mmPerUnit)
        return Hole(shape: .other, diameterMM: nil, widthMM: min(width, height), lengthMM: max(width, height), drawn: nil)
    }

    /// Two equal lines against each other, joined by half circles at both ends.
    private func slot(_ lines: [Segment], _ curves: Int) -> (Double, Double)? {
        guard lines.count == 2, curves >= 2 else { return nil }
        let (one, two) = (lines[0], lines[1])
        let way = one.b - one.a
        guard abs(one.length - two.length) <= 1e-3 * one.length, abs(way.cross(two.b - two.a)) <= 1e-3 * one.length * two.length else {
            return nil
        }
        let width = abs(way.cross(two.a - one.a)) / one.length
        guard abs(way.dot(two.a - one.b)) <= 0.02 * one.length * max(width, one.length) else { return nil }
        return (width, one.length + width)
    }

    /// Four lines at right angles.
    private func rectangle(_ lines: [Segment], _ curves: Int) -> (Double, Double)? {
        guard curves == 0, lines.count == 4 else { return nil }
        for index in 0..<4 {
            let (one, two) = (lines[index], lines[(index + 1) % 4])
            guard abs((one.b - one.a).dot(two.b - two.a)) <= 1e-3 * one.length * two.length else { return nil }
        }
        return (lines[0].length, lines[1].length)
    }
}
