/// The steps that a search may take. They grow with what is looked through, so that a drawing that is made to be cut takes a small part
/// of them, whatever its size; one that was made to keep a search busy for ever ends it, at a place that can be told.
struct Budget: Sendable {
    private var left: Int
    /// Where the search was when nothing was left.
    private(set) var end: Point?

    /// - Parameter things: how many are looked through; each may take a thousand steps, such as a look at another that is near it.
    init(for things: Int) { left = 20_000_000 + 1000 * things }

    var isSpent: Bool { left < 0 }

    /// Counts steps that were taken at a place; false where there is nothing left for more.
    @inline(__always) @discardableResult
    mutating func take(_ steps: Int = 1, at place: @autoclosure () -> Point) -> Bool {
        left -= steps
        guard left < 0 else { return true }
        if end == nil { end = place() }
        return false
    }
}
