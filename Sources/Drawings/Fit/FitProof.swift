/// Whether a placed part keeps its distances, by the exact distances of lines and arcs.
///
/// If no piece of the part comes near a piece of the region, the part is entirely inside or outside of each of its contours, so that one
/// place decides.
struct FitProof {
    /// The tolerance in millimetres.
    static let tolerance = 0.001

    private let outer: ArcPath
    private let windows: [ArcPath]
    private let margin, gap: Double
    private let pieces: [ArcPiece]
    private let index: BoxIndex

    /// - Parameters:
    ///   - margin: the distance from the outline.
    ///   - gap: that from the windows.
    init(_ region: FitRegion, margin: Double, gap: Double) { self.init(region.outer, region.windows, margin: margin, gap: gap) }

    private init(_ outer: ArcPath, _ windows: [ArcPath], margin: Double, gap: Double) {
        (self.outer, self.windows, self.margin, self.gap) = (outer, windows, margin, gap)
        pieces = Array(outer.pieces) + windows.flatMap { Array($0.pieces) }
        index = BoxIndex(pieces.map(\.box))
    }

    /// Whether the part, as it is placed, fits. Without a distance to keep, it has to be apart by more than the tolerance.
    func holds(_ part: ArcPath) -> Bool {
        let outerCount = outer.pieceCount
        let toOuter = max(margin - Self.tolerance, Self.tolerance), toWindow = max(gap - Self.tolerance, Self.tolerance)
        let most = max(toOuter, toWindow)
        for piece in part.pieces {
            let isClear = index.visit(piece.box.widened(most)) { number in
                piece.distance(to: pieces[number]) >= (number < outerCount ? toOuter : toWindow)
            }
            guard isClear else { return false }
        }
        guard let place = part.vertices.first?.place, outer.contains(place) else { return false }
        return windows.allSatisfy { window in
            !window.contains(place) && !(window.vertices.first.map { part.contains($0.place) } ?? false)
        }
    }

    /// Whether a contour is within a region and apart from other contours, so that none touches another.
    static func isApart(_ path: ArcPath, within outer: ArcPath, from others: ArraySlice<ArcPath>) -> Bool {
        FitProof(outer, Array(others), margin: 0, gap: 0).holds(path)
    }
}
