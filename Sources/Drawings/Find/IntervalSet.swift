/// The stretches of a line or of an arc that others cover, as intervals of its length or its angles, each with the number of what
/// covers it.
struct IntervalSet: Sendable {
    struct Interval: Sendable {
        var from, to: Double
        let by: Int32
    }

    /// As they came: they may overlap.
    private(set) var all: [Interval] = []

    mutating func insert(_ from: Double, _ to: Double, by number: Int) {
        all.append(Interval(from: from, to: to, by: Int32(truncatingIfNeeded: number)))
    }

    /// What is covered by those that fit: in rising order and apart from each other.
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

    /// How much of a line is covered by those that fit.
    func length(where fits: (Int) -> Bool = { _ in true }) -> Double { joined(where: fits).reduce(0) { $0 + ($1.to - $1.from) } }
}

/// A segment that lies on others, all of it or a part.
struct Overlap: Sendable {
    let segment: Int
    /// Within what is covered.
    let place: Point
    /// Of what is covered.
    let length: Double
    /// The segments that cover it, in no order.
    let others: [Int32]

    func scaled(_ scale: Double) -> Overlap {
        Overlap(segment: segment, place: place * scale, length: length * scale, others: others)
    }
}
