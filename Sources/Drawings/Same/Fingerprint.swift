import Glibc

/// Numbers that do not change when a part is turned, moved, mirrored or written by another program: cutting length, spread about the
/// centre, and how narrow that spread is.
///
/// As a text they are coarse, to be found by an index. A number near the border of its bin may come out on either side of it: whoever
/// looks for a part asks for all the `keys` around it, and then compares the curves themselves.
package struct Fingerprint: Equatable, Sendable {
    /// In millimetres.
    let length: Double
    /// The root of the mean square distance from the centre, in millimetres.
    let spread: Double
    /// The smaller over the larger principal spread: 0 on a line, 1 where no direction leads.
    let roundness: Double

    init(_ moments: LineMoments) {
        let (large, small) = moments.spreads
        length = moments.length
        spread = (large + small).squareRoot()
        roundness = large > 0 ? small / large : 1
    }

    /// A number with its bin's width, and how far it may be off.
    private struct Binned {
        let value, width, reach: Double

        private func bin(_ value: Double) -> Int { Int(max(-1e9, min(1e9, (value / width).rounded(.down)))) }

        var own: Int { bin(value) }
        /// The bins within reach; no more than a handful, however much is let pass.
        var near: ClosedRange<Int> { max(bin(value - reach), own - 3)...min(bin(value + reach), own + 3) }
    }

    /// Curves that are a little off change the length of a contour by some times as much.
    private func binned(_ within: Double) -> [Binned] {
        let (length, spread) = (max(length, 1e-3), max(spread, 1e-3))
        return [
            Binned(value: log(length), width: 0.005, reach: 1e-4 + 2 * .pi * within / length),
            Binned(value: log(spread), width: 0.005, reach: 1e-4 + within / spread),
            Binned(value: roundness, width: 0.01, reach: 1e-3 + 2 * within / spread),
        ]
    }

    /// What is kept of a part; `1` is the version of these numbers.
    package var key: String { Self.text(binned(0).map(\.own)) }

    /// The keys under which a part may be kept whose curves are within a distance (mm) of these.
    package func keys(withinMM reach: Double) -> [String] {
        binned(reach).reduce([[Int]]([[]])) { known, number in known.flatMap { start in number.near.map { start + [$0] } } }.map(Self.text)
    }

    private static func text(_ bins: [Int]) -> String { "1:" + bins.map(String.init).joined(separator: ":") }
}

extension Figure {
    package var fingerprint: Fingerprint { Fingerprint(moments) }
}

extension Measurement {
    /// Of all that is cut.
    package var fingerprint: Fingerprint {
        var moments = LineMoments(origin: box.isEmpty ? .zero : box.center)
        for loop in contours.loops {
            paths.path(loop.chain).walk { segment, _ in moments.add(segment, geometry, scale: mmPerUnit) }
        }
        return Fingerprint(moments)
    }
}
