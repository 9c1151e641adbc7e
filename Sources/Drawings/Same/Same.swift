import Glibc

/// Laying one figure on another.
extension ReferenceFigure {
    /// The map that lays this figure on another so that each lies within a distance (mm) of the other everywhere; nil where none does.
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

    /// What no map changes is alike, as far as the distance lets it.
    func isLike(_ other: ReferenceFigure, within reach: Double) -> Bool {
        // A contour that is off by the reach all round is longer by a whole turn of it.
        let turns = 2 * Double.pi * reach * Double(max(figure.strokeCount, other.figure.strokeCount))
        return abs(numbers.length - other.numbers.length) <= turns + 2e-4 * numbers.length
            && abs(numbers.spread - other.numbers.spread) <= 2 * reach + 2e-4 * numbers.spread
    }

    /// The start moved and turned until the curves lie on each other: least squares of the distances across them, solved again and
    /// again (Chen and Medioni, 1992). Nil where more than a share of the figure is further than twice `least` from the other.
    func settled(_ start: Rigid, on other: ReferenceFigure, missing share: Double, within least: Double) -> Rigid? {
        var map = start
        // Centres of equal figures agree, and turns are known to a step; where a part may have changed both may be further off.
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

    /// Whether each figure lies within reach of the other.
    func lie(_ map: Rigid, on other: ReferenceFigure, within reach: Double) -> Bool {
        lies(map, on: other, within: reach) && other.lies(map.inverse, on: self, within: reach)
    }
}

/// The normal equations of a small turn and shift: normal . (turn * left(arm) + shift) = -distance.
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

    /// A circle may be turned and a line shifted along itself as one likes: a little weight on staying keeps them where they are.
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

/// Parts sorted into groups of equal ones.
package struct SameParts {
    private let reach: Double
    /// The first part of each group.
    private var templates: [ReferenceFigure] = []

    /// Equal are parts whose curves lie within a distance of each other, in millimetres.
    package init(withinMM reach: Double) { self.reach = reach }

    /// The group of a part, and the map that lays it on the first of the group.
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
    /// The map that lays this part on an equal one, each within a distance (mm) of the other everywhere; nil where they differ.
    package func fit(onto other: Figure, withinMM reach: Double) -> Rigid? {
        ReferenceFigure(self).fit(onto: ReferenceFigure(other), within: reach)
    }
}
