/// The candidate that is two slips of the finger away at most, or one for a short word; else the only one that begins with the word.
package func nearest(_ word: String, _ candidates: some Sequence<String>) -> String? {
    let wanted = Array(word.lowercased().utf8)
    let allowed = wanted.count <= 3 ? 1 : 2
    var best: (String, Int)?
    for candidate in candidates {
        let bytes = Array(candidate.lowercased().utf8)
        guard abs(bytes.count - wanted.count) <= allowed else { continue }
        let slips = distance(wanted, bytes)
        if slips <= allowed, slips < best?.1 ?? .max { best = (candidate, slips) }
    }
    if let best { return best.0 }
    guard wanted.count > 1 else { return nil }
    let longer = Array(candidates).filter { $0.lowercased().utf8.starts(with: wanted) }
    return longer.count == 1 ? longer[0] : nil
}

/// Insertions, deletions, replacements and swaps of neighbours between two words (optimal string alignment).
private func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    var before: [Int] = [], last = Array(0...b.count)
    for i in a.indices {
        var row = [i + 1]
        for j in b.indices {
            var slips = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
            if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { slips = min(slips, before[j - 1] + 1) }
            row.append(slips)
        }
        (before, last) = (last, row)
    }
    return last[b.count]
}
