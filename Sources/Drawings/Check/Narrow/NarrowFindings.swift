/// A place where two stretches of contour come closer than the process allows.
struct NarrowPlace {
    /// Halfway between the two.
    let place: Point
    /// 0 where they touch.
    let width: Double
    /// Material between two cuts; otherwise a gap between two edges of material.
    let isWeb: Bool

    /// In whatever order they come, the same one of two that are as narrow is told.
    func isBefore(_ other: NarrowPlace) -> Bool { (width, place.y, place.x) < (other.width, other.place.y, other.place.x) }
}

/// The thin places that were found among some contours.
struct NarrowFindings: Sendable {
    struct Pair: Hashable {
        let first, second: Int
        init(_ one: Int, _ two: Int) { (first, second) = (min(one, two), max(one, two)) }
    }

    /// One place is told of a pair of contours; of one contour with itself one in each cell.
    private struct Key: Hashable {
        let pair: Pair
        let cellX, cellY: Int
        let isWeb: Bool
    }

    private let cell: Double
    private var best: [Key: NarrowPlace] = [:]
    /// Contours that have a point in common, with material around both.
    private var contacts: [Pair: NarrowPlace] = [:]
    /// Where it was given up.
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

    /// Of the places where two contours touch the one where they are nearest is told.
    mutating func touch(_ pair: Pair, _ place: Point, _ width: Double) {
        let contact = NarrowPlace(place: place, width: width, isWeb: true)
        if let known = contacts[pair], !contact.isBefore(known) { return }
        contacts[pair] = contact
    }

    mutating func giveUp(at place: Point) { ends.append(place) }

    mutating func merge(_ other: NarrowFindings) {
        best.merge(other.best) { $0.isBefore($1) ? $0 : $1 }
        contacts.merge(other.contacts) { $0.isBefore($1) ? $0 : $1 }
        ends += other.ends
    }

    /// The narrowest first.
    var places: [NarrowPlace] {
        let apart = best.lazy.filter { key, _ in contacts[key.pair] == nil }.map(\.value)
        let touching = contacts.lazy.map { NarrowPlace(place: $0.value.place, width: 0, isWeb: true) }
        return (Array(apart) + touching).sorted { ($0.width, $0.place.x, $0.place.y) < ($1.width, $1.place.x, $1.place.y) }
    }
}
