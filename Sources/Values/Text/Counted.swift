/// `1 file`, `3 files`, `2 entries`.
/// - Parameter several: the word for more or fewer than one, where it is not the word for one with an s.
package func counted(_ count: Int, _ one: String, _ several: String? = nil) -> String { "\(count) \(worded(count, one, several))" }

/// The word for so many, without the number: `lies`, `lie`.
package func worded(_ count: Int, _ one: String, _ several: String? = nil) -> String { count == 1 ? one : several ?? one + "s" }
