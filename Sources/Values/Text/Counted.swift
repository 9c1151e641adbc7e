/// `1 file`, `3 files`, `2 entries`.
/// - Parameter several: the plural, if it is not `one` with an s.
package func counted(_ count: Int, _ one: String, _ several: String? = nil) -> String { "\(count) \(worded(count, one, several))" }

/// Returns the singular or plural without the number: `lie`, `lies`.
package func worded(_ count: Int, _ one: String, _ several: String? = nil) -> String { count == 1 ? one : several ?? one + "s" }

/// `a`, `a or b`, `a, b or c`.
package func either(_ words: [String]) -> String {
    words.count < 2 ? words.joined() : words.dropLast().joined(separator: ", ") + " or " + words[words.count - 1]
}
