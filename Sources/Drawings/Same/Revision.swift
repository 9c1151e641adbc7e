/// The differences between the contours of two versions of a drawing.
package struct Revision: Sendable {
    package enum Kind: String, Sendable, CaseIterable { case added, removed, moved, resized, reshaped }

    package struct Change: Sendable {
        package let kind: Kind
        /// The indices of the contours in the older and the newer measurement.
        package let old: Int?
        package let new: Int?
        /// The boxes of both in millimetres, in the coordinates of the older drawing.
        package let from: Box
        package let to: Box

        /// The displacement between the centres of the boxes.
        package var shift: Point { old == nil || new == nil ? .zero : to.center - from.center }
    }

    /// The changes in the order of the newer drawing, then the removed contours.
    package private(set) var changes: [Change] = []
    /// The unchanged contours of the newer drawing.
    package private(set) var kept: [Int] = []
    private let reach: Double

    /// The alignment of a newer drawing with an older one.
    package struct Laid: Sendable {
        package let map: Rigid
        /// The share of the newer drawing that lies on the older, from 0 to 1.
        package let share: Double
        /// Whether a better map may exist, because the search stopped early.
        package let isCutOff: Bool
    }

    /// Returns the best alignment of a newer drawing, which was moved or rotated as a whole, with the older one.
    package static func map(laying after: Measurement, on before: Measurement, withinMM reach: Double) -> Laid {
        let alignment = Alignment(before, after, reach)
        return Laid(map: alignment.best, share: alignment.share, isCutOff: alignment.isCutOff)
    }

    /// Compares two measurements, the newer one moved by a map. Contours are equal if they are within a distance (mm) of each other.
    package init(_ before: Measurement, _ after: Measurement, withinMM reach: Double, map: Rigid = .identity) {
        self.reach = reach
        var matching = Matching(before, after, map, reach)
        kept = matching.still(shift: .zero).map(\.new).sorted()
        // The drawing can have been moved as a whole, so contours with the same position in its box are matched before nearby ones.
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

    /// The common displacement of all contours, if the drawing was moved as a whole.
    package var commonShift: Point? {
        guard kept.isEmpty, let first = changes.first, changes.allSatisfy({ $0.kind == .moved }) else { return nil }
        return changes.allSatisfy { $0.shift.isWithin(2 * reach, of: first.shift) } ? first.shift : nil
    }
}

extension Box {
    /// Returns the intersection of two boxes divided by their union, each enlarged by 0.5 mm, so that lines have an area.
    func overlap(_ other: Box) -> Double {
        let (a, b) = (widened(0.5), other.widened(0.5))
        let wide = Swift.min(a.max.x, b.max.x) - Swift.max(a.min.x, b.min.x)
        let high = Swift.min(a.max.y, b.max.y) - Swift.max(a.min.y, b.min.y)
        guard wide > 0, high > 0 else { return 0 }
        let shared = wide * high
        return shared / (a.width * a.height + b.width * b.height - shared)
    }
}
