import Glibc

/// Numbers that do not change if a part is rotated, moved, mirrored or written by another program: cutting length, spread about the centre,
/// and the ratio of the principal spreads.
///
/// The text form is coarse, so that an index can find it. A number near the border of its bin can be in either bin. A search therefore uses
/// all the `keys` around it, and then compares the curves.
package struct Fingerprint: Equatable, Sendable {
    /// In millimetres.
    let length: Double
    /// The root mean square distance from the centre, in millimetres.
    let spread: Double
    /// The smaller divided by the larger principal spread: 0 for a line, 1 without a preferred direction.
    let roundness: Double

    init(_ moments: LineMoments) {
        let (large, small) = moments.spreads
        length = moments.length
        spread = (large + small).squareRoot()
        roundness = large > 0 ? small / large : 1
    }

    /// A number with the width of its bins, and its maximum deviation.
    private struct Binned {
        let value, width, reach: Double

        private func bin(_ value: Double) -> Int { Int(max(-1e9, min(1e9, (value / width).rounded(.down)))) }

        var own: Int { bin(value) }
        /// The bins within the deviation, at most three to either side.
        var near: ClosedRange<Int> { max(bin(value - reach), own - 3)...min(bin(value + reach), own + 3) }
    }

    /// Returns the binned numbers. A deviation of the curves changes the length of a contour by up to 2π times as much.
    private func binned(_ within: Double) -> [Binned] {
        let (length, spread) = (max(length, 1e-3), max(spread, 1e-3))
        return [
            Binned(value: log(length), width: 0.005, reach: 1e-4 + 2 * .pi * within / length),
            Binned(value: log(spread), width: 0.005, reach: 1e-4 + within / spread),
            Binned(value: roundness, width: 0.01, reach: 1e-3 + 2 * within / spread),
        ]
    }

    /// The key stored for a part; `1` is the version of the format.
    package var key: String { Self.text(binned(0).map(\.own)) }

    /// Returns the keys of all parts whose curves can be within a distance (mm) of these.
    package func keys(withinMM reach: Double) -> [String] {
        binned(reach).reduce([[Int]]([[]])) { known, number in known.flatMap { start in number.near.map { start + [$0] } } }.map(Self.text)
    }

    private static func text(_ bins: [Int]) -> String { "1:" + bins.map(String.init).joined(separator: ":") }
}

extension Figure {
    package var fingerprint: Fingerprint { Fingerprint(moments) }
}

extension Measurement {
    /// The fingerprint of all cut contours.
    package var fingerprint: Fingerprint {
        var moments = LineMoments(origin: box.isEmpty ? .zero : box.center)
        for loop in contours.loops {
            paths.path(loop.chain).walk { segment, _ in moments.add(segment, geometry, scale: mmPerUnit) }
        }
        return Fingerprint(moments)
    }
}
