import Testing
import Values

/// Suggestions for a mistyped word.
@Suite struct NearestTests {
    @Test(arguments: [
        ("clinet", "client"), ("CLIENT", "client"), ("cleint", "client"), ("clint", "client"), ("clients", "client"), ("clxxnt", "client"),
        ("quo", "quote"), ("lits", "list"), ("lst", "list"), ("ab", "abc"), ("", "a"),
    ])
    func isFound(_ word: String, _ meant: String) {
        #expect(nearest(word, ["client", "quote", "list", "abc", "a"]) == meant)
    }

    @Test(arguments: ["cxxxnt", "q", "xyz", "ist of", "clientsss", "\u{0}"])
    func isNotFound(_ word: String) { #expect(nearest(word, ["client", "quote", "list", "invoice"]) == nil) }

    @Test func theNearestIsTakenAndThatWhichFits() {
        #expect(nearest("clien", ["lien", "client", "clean"]) == "client" || nearest("clien", ["lien", "client", "clean"]) == "lien")
        #expect(nearest("cliend", ["clients", "client"]) == "client")
        #expect(nearest("cliend", ["clients", "client"]) { $0 != "client" } == "clients")
        #expect(nearest("inv", ["invoice", "inventory"]) == nil)
        #expect(nearest("inv", ["invoice", "inventory"]) { $0 != "inventory" } == "invoice")
    }

    /// A word that begins several candidates is not guessed: all are named.
    @Test func suggestionsNameAllThatAreMeant() {
        let words = ["completed", "cancelled", "queued", "quote", "quote"]
        #expect(suggestion(for: "c", among: words) == "did you mean completed or cancelled?")
        #expect(suggestion(for: "QU", among: words) == "did you mean queued or quote?")
        #expect(suggestion(for: "canceled", among: words, as: { "--\($0)" }) == "did you mean --cancelled?")
        #expect(suggestion(for: "qo", among: words) == nil && suggestion(for: "", among: words) == nil)
        let many = suggestion(for: "n", among: (100...111).map { "n\($0)" })
        #expect(many == "did you mean n100, n101, n102, n103, n104, n105, n106, n107, n108, n109 or 2 more?")
    }

    /// The full calculation of the edit distance.
    private func slips(_ a: [UInt8], _ b: [UInt8]) -> Int {
        var cells = [[Int]](repeating: [Int](repeating: 0, count: b.count + 1), count: a.count + 1)
        for i in 0...a.count {
            for j in 0...b.count {
                guard i > 0, j > 0 else {
                    cells[i][j] = i + j
                    continue
                }
                cells[i][j] = min(cells[i - 1][j] + 1, cells[i][j - 1] + 1, cells[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1))
                if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] { cells[i][j] = min(cells[i][j], cells[i - 2][j - 2] + 1) }
            }
        }
        return cells[a.count][b.count]
    }

    /// The calculation near the diagonal gives the same results as the full one.
    @Test func theBandedDistanceEqualsTheFullOne() {
        var random = SystemRandomNumberGenerator(), wrong: [String] = []
        func letters(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8.random(in: 97...98, using: &random) } }
        for _ in 0..<3000 {
            let word = letters(Int.random(in: 4...8, using: &random)), other = letters(Int.random(in: 2...8, using: &random))
            let isNear = slips(word, other) <= 2 || other.starts(with: word)
            let text = String(decoding: word, as: UTF8.self), meant = String(decoding: other, as: UTF8.self)
            if (nearest(text, [meant]) == meant) != isNear { wrong.append("\(text) \(meant)") }
        }
        #expect(wrong.isEmpty, "\(wrong.prefix(5))")
    }

    /// A letter-by-letter comparison of a word of 100 kB with 2,000 codes took minutes.
    @Test(.timeLimit(.minutes(1))) func longWordsAreNoSlips() {
        let long = String(repeating: "x", count: 100_000), codes = (1...2000).map { "CL-\($0)" }
        #expect(nearest(long, codes + [long]) == nil)
        #expect(nearest("CL-1", codes.map { _ in long }) == nil)
    }
}
