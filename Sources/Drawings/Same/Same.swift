import Glibc

/// Aligns one figure with another.
extension ReferenceFigure {
    /// Returns the map that moves this figure onto another so that each is within a distance (mm) of the other everywhere; nil if there is
    /// none.
    func fit(onto other: ReferenceFigure, within reach: Double) -> Rigid? {
        guard isLike(other, within: reach) else { return nil }
        for isMirrored in [false, true] {
            for turn in spectrum.turns(onto: other.spectrum, mirrored: isMirrored) {
                let start = Rigid(mirrored: isMirrored, turn: turn, taking: figure.centre, to: other.figure.centre)
                guard let map = settled(start, on: other, missing: 0.1, within: reach), lie(map, on: other, within: reach) else {
                    continue
                }
                return map
            }
        }
        return nil
    }

    /// Whether the properties that no map changes agree within the tolerance.
    func isLike(_ other: ReferenceFigure, within reach: Double) -> Bool {
        // Offsetting a contour by the distance changes its length by at most 2π times the distance.
        let turns = 2 * Double.pi * reach * Double(max(figure.strokeCount, other.figure.strokeCount))
        return abs(numbers.length - other.numbers.length) <= turns + 2e-4 * numbers.length
            && abs(numbers.spread - other.numbers.spread) <= 2 * reach + 2e-4 * numbers.spread
    }

    /// Refines a start until the curves coincide, by iterated least squares of the distances perpendicular to them (Chen and Medioni,
    /// 1992). Nil if more than `share` of the figure's points are out of reach of the other figure. The reach decreases from an initial
    /// estimate to 2 `least`, but not below 0.1 mm.
    func settled(_ start: Rigid, on other: ReferenceFigure, missing share: Double, within least: Double) -> Rigid? {
        var map = start
        // The centres of equal figures agree, and their rotation is known up to one step. If a part may have changed, both deviate more.
        var reach = max(radius * (share > 0.1 ? 0.08 : 4 * .pi / Double(Spectrum.angles)), 0.5)
        for _ in 0..<16 {
            var sums = NormalSums()
            var missed = 0
            for point in few {
                let p = map(point)
                guard let (place, normal) = other.nearest(to: p, within: reach) else {
                    missed += 1
                    continue
                }
                sums.add(arm: p - other.figure.centre, normal: normal, distance: normal.dot(p - place))
            }
            guard Double(missed) <= share * Double(few.count), let step = sums.solved(arm: radius) else { return nil }
            map = map.nudged(by: step.turn, about: other.figure.centre, shift: step.shift)
            if abs(step.turn) * radius + step.shift.length < 1e-6 { break }
            reach = max(reach / 2, 0.1, 2 * least)
        }
        return map
    }

    /// Whether each figure is within `reach` of the other.
    func lie(_ map: Rigid, on other: ReferenceFigure, within reach: Double) -> Bool {
        lies(map, on: other, within: reach) && other.lies(map.inverse, on: self, within: reach)
    }
}

/// The normal equations of a small rotation and translation: normal . (turn * left(arm) + shift) = -distance.
private struct NormalSums {
    private var matrix = [Double](repeating: 0, count: 9)
    private var right = [Double](repeating: 0, count: 3)

    mutating func add(arm: Point, normal: Point, distance: Double) {
        let row = [normal.dot(arm.left), normal.x, normal.y]
        for i in 0..<3 {
            for j in 0..<3 { matrix[3 * i + j] += row[i] * row[j] }
            right[i] -= row[i] * distance
        }
    }

    /// Solves the equations. The rotation of a circle and the translation of a line along itself are undetermined: a small weight keeps
    /// them at 0.
    func solved(arm: Double) -> (turn: Double, shift: Point)? {
        var m = matrix, r = right
        let weight = 1e-9 * (m[4] + m[8] + 1e-9)
        m[0] += weight * max(arm * arm, 1e-9)
        m[4] += weight
        m[8] += weight
        for i in 0..<3 {
            guard m[4 * i] > 0 else { return nil }
            for k in i + 1..<3 {
                let factor = m[3 * k + i] / m[4 * i]
                for j in i..<3 { m[3 * k + j] -= factor * m[3 * i + j] }
                r[k] -= factor * r[i]
            }
        }
        let z = r[2] / m[8]
        let y = (r[1] - m[5] * z) / m[4]
        let x = (r[0] - m[1] * y - m[2] * z) / m[0]
        return x.isFinite && y.isFinite && z.isFinite ? (x, Point(y, z)) : nil
    }
}

/// Groups of equal parts.
package struct SameParts {
    private let reach: Double
    /// The first part of each group.
    private var templates: [ReferenceFigure] = []

    /// - Parameter reach: the maximum distance between the curves of equal parts, in millimetres.
    package init(withinMM reach: Double) { self.reach = reach }

    /// Returns the group of a part, and the map that moves it onto the first part of the group.
    package mutating func add(_ figure: Figure) -> (group: Int, fit: Rigid) {
        let template = ReferenceFigure(figure)
        for (group, first) in templates.enumerated() {
            if let fit = template.fit(onto: first, within: reach) { return (group, fit) }
        }
        templates.append(template)
        return (templates.count - 1, .identity)
    }
}

extension Figure {
    /// Returns the map that moves this part onto an equal one, each within a distance (mm) of the other everywhere; nil if they differ.
    package func fit(onto other: Figure, withinMM reach: Double) -> Rigid? {
        ReferenceFigure(self).fit(onto: ReferenceFigure(other), within: reach)
    }
}
