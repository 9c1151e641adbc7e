import Values

/// The number of a part, and how many of it.
package struct PartCount: Readable {
    package static let word = "PART:QTY"
    package static let expected = "the number of a part, alone or with how many: 3:2"
    package var number: Int
    /// Nil for all that there are.
    package var count: Int?

    package init?(reading text: String) {
        let words = text.split(separator: ":", omittingEmptySubsequences: false).map { Count(reading: String($0))?.value }
        guard words.count < 3, let first = words[0], let last = words.last, let last else { return nil }
        (number, count) = (first, words.count == 2 ? last : nil)
    }
}
