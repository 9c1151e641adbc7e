import Values

/// Listings as bar charts.
extension Listing {
    /// A listing of two columns with a bar after them. The largest figure has the full width; negative ones have no bar.
    /// - Throws: `usage` for a name that is not a column.
    package func drawn(_ column: String, along key: String, width: Int = 40) throws -> Listing {
        let rows = try only([key, column]).kept(), headings = rows.headings
        var figures: [[DisplayValue]] = []
        try rows.each { figures.append($0) }
        let largest = figures.reduce(0) { max($0, $1[1].figure) }
        return Listing(
            headings + [Heading("chart", .text)], figures.map { $0 + [.text(Bar.text($0[1].figure, of: largest, width: width))] })
    }
}

package enum Bar {
    /// A bar, in eighths of a character.
    package static func text(_ figure: Double, of largest: Double, width: Int) -> String {
        guard figure > 0, largest > 0 else { return "" }
        let eighths = Int((figure / largest * Double(width * 8)).rounded()), rest = eighths % 8
        return String(repeating: "█", count: eighths / 8) + (rest > 0 ? String(Bar.parts[rest - 1]) : "")
    }

    private static let parts = Array("▏▎▍▌▋▊▉")
}

extension DisplayValue {
    /// The value of a numeric cell in its own unit, such as cents or micrometres; 0 for any other cell.
    fileprivate var figure: Double {
        switch self {
        case .int(let n): Double(n)
        case .measure(let x, _): x
        case .money(let money): Double(money.cents)
        case .quantity(let quantity): Double(quantity.thousandths)
        case .length(let length): Double(length.um)
        case .seconds(let seconds): Double(seconds.ms)
        default: 0
        }
    }
}
