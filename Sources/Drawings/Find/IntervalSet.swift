/// The stretches of a line or an arc that other segments cover, as intervals of length or of angle, each with the number of the covering
/// segment.
struct IntervalSet: Sendable {
    struct Interval: Sendable {
        var from, to: Double
        let by: Int32
    }

    /// The intervals in the order of insertion; they may overlap.
    private(set) var all: [Interval] = []

    mutating func insert(_ from: Double, _ to: Double, by number: Int) {
        all.append(Interval(from: from, to: to, by: Int32(truncatingIfNeeded: number)))
    }

    /// Returns the union of the intervals of which `fits` is true: disjoint intervals in ascending order.
    func joined(where fits: (Int) -> Bool = { _ in true }) -> [(from: Double, to: Double)] {
        var joined: [(from: Double, to: Double)] = []
        for interval in all.filter({ fits(Int($0.by)) }).sorted(by: { $0.from < $1.from }) {
            if let last = joined.last, interval.from <= last.to {
                joined[joined.count - 1].to = max(last.to, interval.to)
            } else {
                joined.append((interval.from, interval.to))
            }
        }
        return joined
    }

    /// Returns the total length of that union.
    func length(where fits: (Int) -> Bool = { _ in true }) -> Double { joined(where: fits).reduce(0) { $0 + ($1.to - $1.from) } }
}

/// A segment that lies on others, completely or partly.
struct Overlap: Sendable {
    let segment: Int
    /// A place in the covered stretch.
    let place: Point
    /// The covered length.
    let length: Double
    /// The segments that cover it, in no particular order.
    let others: [Int32]

    func scaled(_ scale: Double) -> Overlap {
        Overlap(segment: segment, place: place * scale, length: length * scale, others: others)
    }
}
