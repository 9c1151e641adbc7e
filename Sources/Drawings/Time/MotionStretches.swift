import Glibc

extension Measurement {
    /// Returns a contour's path as stretches between corners, in millimetres.
    func motion(of place: Int) -> MotionPath {
        var stretches: [Stretch] = []
        path(of: place).walk { segment, isBackwards in
            guard segment.length > 0 else { return }
            let own = self.stretches(segment)
            stretches += isBackwards ? own.reversed().map(\.reversed) : own
        }
        return MotionPath(stretches)
    }

    private func stretches(_ segment: Segment) -> [Stretch] {
        switch segment.shape {
        case .line:
            let way = (segment.b - segment.a) * (1 / segment.length)
            return [Stretch(length: segment.length * mmPerUnit, radius: .infinity, arriving: way, leaving: way)]
        case .conic(let index):
            let conic = geometry.conics[index]
            guard let radius = conic.radius else { return chords(segment) }
            let sign: Double = conic.end < conic.start ? -1 : 1
            return [
                Stretch(
                    length: segment.length * mmPerUnit, radius: radius * mmPerUnit, arriving: (conic.velocity(conic.start) * sign).unit,
                    leaving: (conic.velocity(conic.end) * sign).unit)
            ]
        case .spline: return chords(segment)
        }
    }

    /// Approximates other curves by chords within 0.01 mm, each with the radius of curvature at its ends.
    private func chords(_ segment: Segment) -> [Stretch] {
        var points = [segment.a]
        geometry.flatten(segment, error: 0.01 / mmPerUnit, most: 2048) { points.append($0) }
        var stretches: [Stretch] = []
        for (a, b) in zip(points, points.dropFirst()) where a != b {
            let way = (b - a).unit
            stretches.append(Stretch(length: (b - a).length * mmPerUnit, radius: .infinity, arriving: way, leaving: way))
        }
        for place in stretches.indices.dropFirst() {
            let (before, after) = (stretches[place - 1].leaving, stretches[place].leaving)
            let turn = abs(atan2(before.cross(after), before.dot(after)))
            // A corner of the curve itself is kept. Other chords approximate a bend and get its radius.
            guard turn < 0.5, turn > 0 else { continue }
            let radius = (stretches[place - 1].length + stretches[place].length) / 2 / turn
            stretches[place - 1].radius = min(stretches[place - 1].radius, radius)
            stretches[place].radius = min(stretches[place].radius, radius)
            let tangent = (stretches[place - 1].leaving + stretches[place].arriving).unit
            (stretches[place - 1].leaving, stretches[place].arriving) = (tangent, tangent)
        }
        return stretches
    }
}

extension Stretch {
    fileprivate var reversed: Stretch { Stretch(length: length, radius: radius, arriving: leaving * -1, leaving: arriving * -1) }
}

extension Point {
    /// The unit vector of the same direction; a zero vector is unchanged.
    fileprivate var unit: Point { length > 0 ? self * (1 / length) : self }
}
