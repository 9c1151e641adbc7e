import Glibc

/// The rotations that are tried where a region is not made of rectangles.
struct FitAngles {
    /// In radians, the most likely ones first.
    private(set) var all: [Double] = []
    /// The number of rotations besides those that align edges.
    private static let steps = 180
    /// The number of edges of the part and of the region that are aligned with each other.
    private static let mostEdges = 12

    init(_ part: FitPart, _ region: FitRegion, margin: Double) {
        let width = region.width - 2 * margin + FitProof.tolerance, height = region.height - 2 * margin + FitProof.tolerance
        let ranges = part.widths.turns(within: width, height)
        guard !ranges.isEmpty else { return }
        // The hull of a disc is one circle, whatever its rotation.
        guard part.support.pieces.count > 1 else {
            all = [0]
            return
        }
        var wanted = [0, .pi / 2, .pi, 1.5 * .pi]
        let own = Self.directions([part.outline]), its = Self.directions([region.outer] + region.windows)
        for one in own { for two in its { wanted.append(two - one) } }
        // An edge of a window touches an edge of the part from outside.
        for one in own { for two in Self.directions(region.windows) { wanted.append(two - one + .pi) } }
        for range in ranges {
            for turn in [range.lowerBound, (range.lowerBound + range.upperBound) / 2, range.upperBound] { wanted += [turn, turn + .pi] }
        }
        let length = ranges.reduce(0) { $0 + $1.upperBound - $1.lowerBound }
        for half in [0, Double.pi] {
            for range in ranges {
                let count = Int((Double(Self.steps / 2) * (range.upperBound - range.lowerBound) / max(length, 1e-12)).rounded(.up))
                for step in 0..<count {
                    wanted.append(half + range.lowerBound + (range.upperBound - range.lowerBound) * (Double(step) + 0.5) / Double(count))
                }
            }
        }
        var seen: Set<Int> = []
        for turn in wanted.map({ Angle.positive($0) }) where seen.insert(Int((turn * 1e6).rounded())).inserted {
            let rest = Angle.positive(turn, turn: .pi)
            if ranges.contains(where: { $0.lowerBound - 1e-9 <= rest && rest <= $0.upperBound + 1e-9 }) { all.append(turn) }
        }
    }

    /// The different directions of the longest lines of contours.
    private static func directions(_ paths: [ArcPath]) -> [Double] {
        var lengths: [Int: (angle: Double, length: Double)] = [:]
        for path in paths {
            for piece in path.pieces where piece.isLine {
                let way = piece.b - piece.a, angle = Angle.positive(atan2(way.y, way.x)), key = Int((angle * 1e6).rounded())
                lengths[key] = (angle, (lengths[key]?.length ?? 0) + way.length)
            }
        }
        return lengths.values.sorted { ($0.length, $1.angle) > ($1.length, $0.angle) }.prefix(mostEdges).map(\.angle)
    }
}
