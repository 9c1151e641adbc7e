import Values

/// Pieces of a part, or of the only part of an entry.
package struct PieceCount: Readable {
    package static let word = "PART:QTY"
    package static let expected = "the number of a part and how many: 3:2; alone how many of the only part"
    /// Nil for the only part.
    package var part: Int?
    package var count: Int

    init(part: Int?, count: Int) { (self.part, self.count) = (part, count) }

    package init?(reading text: String) {
        let words = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard words.count < 3, let last = words.last, let count = Int(last), count >= 0, count <= Count.sound.upperBound else { return nil }
        self.count = count
        guard words.count == 2 else { return }
        guard let part = Count(reading: words[0])?.value else { return nil }
        self.part = part
    }
}
