import Values

/// How labels are arranged on A4: in columns and rows, or as many as there is room for.
enum LabelSheet: Readable {
    case full
    case grid(columns: Int, rows: Int)

    static let word = "A4|COLSxROWS"
    static let expected = "A4, or columns x rows (3x8), at most 20x50"

    init?(reading text: String) {
        if text.lowercased() == "a4" {
            self = .full
            return
        }
        let numbers = text.lowercased().split(separator: "x", omittingEmptySubsequences: false).map { Count(reading: String($0))?.value }
        guard numbers.count == 2, let columns = numbers[0], let rows = numbers[1], columns <= 20, rows <= 50 else { return nil }
        self = .grid(columns: columns, rows: rows)
    }
}
