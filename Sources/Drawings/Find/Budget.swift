/// A limit of the steps of a search. It grows with the number of items, so that a drawing of a real part takes a small fraction of it,
/// whatever its size. A drawing made to keep a search busy forever exceeds it, and the place where the search stopped can be reported.
struct Budget: Sendable {
    private var left: Int
    /// The place where the search was when the budget was exceeded.
    private(set) var end: Point?

    /// - Parameter things: the number of items to search. Each item may take a thousand steps, such as comparisons with nearby items.
    init(for things: Int) { left = 20_000_000 + 1000 * things }

    var isSpent: Bool { left < 0 }

    /// Counts steps at a place. Returns false if the budget is exceeded.
    @inline(__always) @discardableResult
    mutating func take(_ steps: Int = 1, at place: @autoclosure () -> Point) -> Bool {
        left -= steps
        guard left < 0 else { return true }
        if end == nil { end = place() }
        return false
    }
}
