/// A limit of the steps of a search. It grows with the number of items, so that a drawing of a real part takes a small fraction of it,
/// whatever its size. A drawing made to keep a search busy forever exceeds it, and the place where the search stopped can be reported.
struct Budget: Sendable {
    private var left: Int
    /// The place where the search was when the budget was exceeded.
    private(set) var end: Point?

    /// - Parameters:
    ///   - items: the number of items to search; each may take a thousand steps, such as a comparison with another that is near it.
    ///   - least: the steps that a search of any size may take.
    init(for items: Int, least: Int = 20_000_000) { left = least + 1000 * items }

    /// The maximum number of lines, arcs, pieces of splines or chords that a search may store, at some hundred bytes each. It grows with the
    /// file and with the number of segments, because a small file can draw many segments through its blocks.
    /// - Parameter bytes: the size of the file.
    static func pieces(bytes: Int, segments: Int) -> Int { 150_000 + bytes / 2 + 2 * segments }

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
