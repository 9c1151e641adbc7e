/// Longer words are not searched for.
private let longestWord = 60
/// The longest candidate, as long as a file name can be.
private let longestCandidate = 255

/// Prefixes that negate a word, so that `unpaid` is not suggested for `paid`.
private let negations = ["un", "in", "non", "not", "dis", "no"]

private func areOpposites(_ a: String, _ b: String) -> Bool {
    negations.contains { prefix in
        [(a, b), (b, a)].contains { $0.hasPrefix(prefix) && $0.dropFirst(prefix.count).drop { $0 == "-" || $0 == "_" } == $1 }
    }
}

/// Returns the candidate with an edit distance of at most two, or one for a short word; otherwise the only candidate that begins with the
/// word. The time grows with the number of candidates, not with the length of the word.
/// - Parameter fits: whether a candidate that is near enough may be returned.
package func nearest(_ word: String, _ candidates: some Sequence<String>, where fits: (String) -> Bool = { _ in true }) -> String? {
    guard word.utf8.count <= longestWord else { return nil }
    let wanted = Array(word.lowercased().utf8), allowed = wanted.count <= 3 ? 1 : 2
    var best: (word: String, slips: Int)?, longer: [String] = []
    for candidate in candidates where candidate.utf8.count <= longestCandidate {
        let lower = candidate.lowercased(), bytes = Array(lower.utf8)
        if areOpposites(word.lowercased(), lower) { continue }
        if let slips = distance(wanted, bytes, most: best.map { $0.slips - 1 } ?? allowed), fits(candidate) {
            best = (candidate, slips)
        } else if best == nil, longer.count < 2, wanted.count > 1, bytes.starts(with: wanted), fits(candidate) {
            longer.append(candidate)
        }
    }
    return best?.word ?? (longer.count == 1 ? longer[0] : nil)
}

/// A hint with the candidates that a word may mean: `did you mean status?`. If several begin with the word and none is nearer, it names
/// these: `did you mean completed or cancelled?`. Nil if there are none.
/// - Parameter form: how a candidate is typed.
package func suggestion(for word: String, among candidates: some Sequence<String>, as form: (String) -> String = { $0 }) -> String? {
    guard !word.isEmpty, word.utf8.count <= longestWord else { return nil }
    var meant = nearest(word, candidates).map { [$0] } ?? []
    if meant.isEmpty {
        let wanted = Array(word.lowercased().utf8)
        for candidate in candidates where candidate.lowercased().utf8.starts(with: wanted) && !meant.contains(candidate) {
            meant.append(candidate)
        }
    }
    guard !meant.isEmpty else { return nil }
    let shown = meant.prefix(mostSuggested).map(form), others = meant.count - shown.count
    return "did you mean \(either(others > 0 ? shown + ["\(others) more"] : shown))?"
}

/// How many candidates a suggestion names.
private let mostSuggested = 10

/// The edit distance of two words: insertions, deletions, replacements and swaps of neighbours (optimal string alignment); nil if it is
/// more than `most`.
private func distance(_ a: [UInt8], _ b: [UInt8], most: Int) -> Int? {
    guard abs(a.count - b.count) <= most else { return nil }
    guard !a.isEmpty, !b.isEmpty else { return max(a.count, b.count) }
    // Cells further than `most` from the diagonal cannot belong to a small enough distance. Three rows of cells suffice.
    let width = b.count + 2
    var cells = [Int](repeating: most + 1, count: 3 * width)
    for j in 0...min(most, b.count) { cells[j] = j }
    for i in a.indices {
        let before = (i + 2) % 3 * width, last = i % 3 * width, row = (i + 1) % 3 * width
        let band = max(0, i - most)...min(b.count - 1, i + most)
        cells[row + band.lowerBound] = band.lowerBound == 0 ? i + 1 : most + 1
        var least = cells[row + band.lowerBound]
        for j in band {
            var slips = min(cells[last + j + 1] + 1, cells[row + j] + 1, cells[last + j] + (a[i] == b[j] ? 0 : 1))
            if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { slips = min(slips, cells[before + j - 1] + 1) }
            cells[row + j + 1] = slips
            least = min(least, slips)
        }
        guard least <= most else { return nil }
        cells[row + band.upperBound + 2] = most + 1
    }
    let slips = cells[a.count % 3 * width + b.count]
    return slips <= most ? slips : nil
}
