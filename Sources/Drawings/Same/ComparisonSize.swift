import Values

/// The memory that laying drawings on each other takes, counted before it is taken. What a chord and a contour take was measured on
/// drawings of up to twenty million chords.
package struct ComparisonSize: Sendable {
    /// More is refused.
    static let most = 4_000_000_000

    private var bytes = 0

    package init() {}

    /// Counts what is cut of a drawing as one figure.
    package mutating func addWhole(_ measured: Measurement) {
        let error = Figure.error(around: measured.box)
        let chords = measured.contours.loops.reduce(0) { $0 + measured.chords(of: $1, within: error) }
        bytes += 150 * chords + 300 * measured.contours.count
    }

    /// Counts each contour of a drawing by itself.
    package mutating func addContours(_ measured: Measurement) {
        let chords = measured.contours.loops.reduce(0) { sum, loop in
            sum + measured.chords(of: loop, within: Figure.error(around: loop.box.scaled(measured.mmPerUnit)))
        }
        bytes += 190 * chords + 1300 * measured.contours.count + 200 * measured.geometry.segments.count
    }

    package mutating func add(_ other: ComparisonSize) { bytes += other.bytes }

    package var fits: Bool { bytes <= Self.most }

    /// - Throws: `input` where there is more to compare than memory is taken for.
    package func demandRoom() throws {
        guard !fits else { return }
        throw Failure(
            .input, .comparisonSize,
            "to compare this takes about \(Decimal.text(bytes / 100_000_000, places: 1, least: 1)) GB of memory, more than 4 GB",
            hint: "compare fewer drawings at once, or parts of them by --layer")
    }
}

extension Measurement {
    /// - Parameter error: in millimetres.
    fileprivate func chords(of loop: Loop, within error: Double) -> Int {
        Chaining.chords(of: members[loop.chain.range], geometry, error: error / mmPerUnit)
    }
}
