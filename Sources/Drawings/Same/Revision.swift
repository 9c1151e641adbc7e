/// What became of the contours of a drawing in a newer version of it.
package struct Revision: Sendable {
    package enum Kind: String, Sendable, CaseIterable { case added, removed, moved, resized, reshaped }

    package struct Change: Sendable {
        package let kind: Kind
        /// Places in the contours of the older and the newer measurement.
        package let old: Int?
        package let new: Int?
        /// The boxes of both, in millimetres of the older drawing.
        package let from: Box
        package let to: Box

        /// From the middle of the one box to that of the other.
        package var shift: Point { old == nil || new == nil ? .zero : to.center - from.center }
    }

    /// In the order of the newer drawing, and what was removed at the end.
    package private(set) var changes: [Change] = []
    /// The contours of the newer drawing that are as they were.
    package private(set) var kept: [Int] = []
    private let reach: Double

    /// How a newer drawing lies on an older one.
    package struct Laid: Sendable {
        package let map: Rigid
        /// The part of it that does, from 0 to 1.
        package let share: Double
        /// Whether it may lie better in a way that was not tried, because too much had to be looked at.
        package let isCutOff: Bool
    }

    /// How a newer drawing that was moved or turned as a whole lies on the older best.
    package static func map(laying after: Measurement, on before: Measurement, withinMM reach: Double) -> Laid {
        let alignment = Alignment(before, after, reach)
        return Laid(map: alignment.best, share: alignment.share, isCutOff: alignment.isCutOff)
    }

    /// Compares two measurements, the newer one moved by a map; contours are equal that lie within a distance (mm) of each other.
    package init(_ before: Measurement, _ after: Measurement, withinMM reach: Double, map: Rigid = .identity) {
        self.reach = reach
        var matching = Matching(before, after, map, reach)
        kept = matching.still(shift: .zero).map(\.new).sorted()
        // The drawing may have been moved as a whole: what lies as it did in its box comes before what is merely near.
        let moved = matching.still(shift: matching.boxShift) + matching.moved()
        for pair in moved { changes.append(matching.change(.moved, pair.old, pair.new)) }
        for pair in matching.overlapping() {
            changes.append(matching.change(matching.isSameSize(pair.old, pair.new) ? .reshaped : .resized, pair.old, pair.new))
        }
        changes += matching.freshNew.map { matching.change(.added, nil, $0) }
        changes.sort { ($0.new ?? .max) < ($1.new ?? .max) }
        changes += matching.freshOld.map { matching.change(.removed, $0, nil) }
    }

    package var isSame: Bool { changes.isEmpty }

    /// The one shift of all contours, where there is one: the drawing was moved as a whole.
    package var commonShift: Point? {
        guard kept.isEmpty, let first = changes.first, changes.allSatisfy({ $0.kind == .moved }) else { return nil }
        return changes.allSatisfy { $0.shift.isWithin(2 * reach, of: first.shift) } ? first.shift : nil
    }
}

extension Box {
    /// The area that two boxes share over the area that they cover, as if each were a little larger than it is: lines have none.
    func overlap(_ other: Box) -> Double {
        let (a, b) = (widened(0.5), other.widened(0.5))
        let wide = Swift.min(a.max.x, b.max.x) - Swift.max(a.min.x, b.min.x)
        let high = Swift.min(a.max.y, b.max.y) - Swift.max(a.min.y, b.min.y)
        guard wide > 0, high > 0 else { return 0 }
        let shared = wide * high
        return shared / (a.width * a.height + b.width * b.height - shared)
    }
}
