/// A place where two stretches of contours are closer than the process allows.
struct NarrowPlace {
    /// The midpoint between the two.
    let place: Point
    /// The distance; 0 if they touch.
    let width: Double
    /// Whether there is material between two cuts. Otherwise there is a gap between two edges of material.
    let isWeb: Bool

    func isSamePlace(as other: NarrowPlace) -> Bool { width == other.width && place == other.place }

    /// Whether this place precedes another in an order that does not depend on the order of the search.
    func isBefore(_ other: NarrowPlace) -> Bool { (width, place.y, place.x) < (other.width, other.place.y, other.place.x) }
}

/// The narrow places found among some contours.
struct NarrowFindings: Sendable {
    struct Pair: Hashable {
        let first, second: Int
        init(_ one: Int, _ two: Int) { (first, second) = (min(one, two), max(one, two)) }
    }

    /// The key under which the narrowest place is stored: one key for each pair of contours, and for a contour with itself one per cell.
    private struct Key: Hashable {
        let pair: Pair
        let cellX, cellY: Int
        let isWeb: Bool
    }

    private let cell: Double
    private var best: [Key: NarrowPlace] = [:]
    /// The places where contours touch that have material around both.
    private var contacts: [Pair: NarrowPlace] = [:]
    /// The places where the search stopped early.
    private(set) var ends: [Point] = []

    /// - Parameter cell: the side of a cell.
    init(cell: Double) { self.cell = cell }

    mutating func add(_ pair: Pair, _ place: NarrowPlace) {
        guard let key = key(pair, place) else { return }
        if let known = best[key], !place.isBefore(known) { return }
        best[key] = place
    }

    private func key(_ pair: Pair, _ place: NarrowPlace) -> Key? {
        guard pair.first == pair.second else { return Key(pair: pair, cellX: 0, cellY: 0, isWeb: place.isWeb) }
        let (x, y) = ((place.place.x / cell).rounded(), (place.place.y / cell).rounded())
        guard abs(x) < 1e15, abs(y) < 1e15 else { return nil }
        return Key(pair: pair, cellX: Int(x), cellY: Int(y), isWeb: place.isWeb)
    }

    /// Stores a place where two contours touch, if it is the nearest one of the pair.
    mutating func touch(_ pair: Pair, _ place: Point, _ width: Double) {
        let contact = NarrowPlace(place: place, width: width, isWeb: true)
        if let known = contacts[pair], !contact.isBefore(known) { return }
        contacts[pair] = contact
    }

    /// Stores a place where the search stopped early.
    mutating func stop(at place: Point) { ends.append(place) }

    mutating func merge(_ other: NarrowFindings) {
        best.merge(other.best) { $0.isBefore($1) ? $0 : $1 }
        contacts.merge(other.contacts) { $0.isBefore($1) ? $0 : $1 }
        ends += other.ends
    }

    /// The places in ascending order of width. Places that coincide are in the order of their contours: the order of a dictionary differs
    /// from run to run.
    var places: [(pair: Pair, place: NarrowPlace)] {
        let apart = best.lazy.filter { key, _ in contacts[key.pair] == nil }.map { ($0.key.pair, $0.value) }
        let touching = contacts.lazy.map { ($0.key, NarrowPlace(place: $0.value.place, width: 0, isWeb: true)) }
        return (Array(apart) + touching).sorted { one, two in
            let (a, b) = (one.1, two.1)
            if a.isSamePlace(as: b) { return (one.0.first, one.0.second, a.isWeb ? 0 : 1) < (two.0.first, two.0.second, b.isWeb ? 0 : 1) }
            return (a.width, a.place.x, a.place.y) < (b.width, b.place.x, b.place.y)
        }.map { (pair: $0.0, place: $0.1) }
    }
}
