import Values

/// The memory for comparing drawings, estimated before it is allocated. The bytes per chord and contour were measured on drawings of up to
/// twenty million pieces.
package struct ComparisonSize: Sendable {
    /// The maximum in bytes. A larger comparison is refused.
    static let most = 4_000_000_000

    private var bytes = 0

    package init() {}

    /// Counts the cut lines of a drawing as one figure.
    package mutating func addWhole(_ measured: Measurement) {
        let pieces = measured.contours.loops.reduce(0) { $0 + measured.pieces(of: $1) }
        bytes += 150 * pieces + 300 * measured.contours.count + 200 * measured.geometry.segments.count
    }

    /// Counts each contour of a drawing as a figure.
    package mutating func addContours(_ measured: Measurement) {
        let largest = measured.contours.loops.reduce(0) { max($0, measured.pieces(of: $1)) }
        bytes += 190 * largest + 300 * measured.contours.count + 200 * measured.geometry.segments.count
    }

    package mutating func add(_ other: ComparisonSize) { bytes += other.bytes }

    package var fits: Bool { bytes <= Self.most }

    /// - Throws: `input` if the comparison needs too much memory.
    package func demandRoom() throws {
        guard !fits else { return }
        throw Failure(
            .input, .comparisonSize,
            "to compare this takes about \(Decimal.text(bytes / 100_000_000, places: 1, least: 1)) GB of memory, more than 4 GB",
            hint: "compare fewer drawings at once, or parts of them by --layer")
    }
}

extension Measurement {
    /// Returns the approximate number of lines and arcs of a contour.
    fileprivate func pieces(of loop: Loop) -> Int {
        var count = 0
        paths.path(loop.chain).walk { segment, _ in
            switch segment.shape {
            case .line: count += 1
            case .conic(let index): count += geometry.conics[index].radius == nil ? Self.biarcs : 4
            case .spline(let index): count += Self.biarcs * geometry.splines[index].pieces
            }
        }
        return count
    }

    /// The biarcs of an ellipse or of a piece of a spline; few need more.
    private static let biarcs = 16
}
