import Glibc

/// Looks for a place for a part in regions.
package struct FitSearch {
    package let part: FitPart
    /// The distances to keep, in millimetres: from the outline, and from windows and other parts.
    package let margin, gap: Double
    /// How many rotations may still be tried in irregular regions, of a part with up to `cornersOfTurn` corners; others count for more.
    private var turns: Int
    private static let cornersOfTurn = 16
    /// The number of regions in which not all rotations were tried.
    package private(set) var unfinished = 0

    /// - Parameter turns: the number of rotations to try in all irregular regions together.
    package init(_ part: FitPart, margin: Double, gap: Double, turns: Int = .max) {
        (self.part, self.margin, self.gap, self.turns) = (part, margin, gap, turns)
    }

    /// Whether it can be ruled out that the part fits into a region whose box has these sides, in millimetres.
    package func isTooLarge(for width: Double, _ height: Double, areaMM2: Double) -> Bool {
        part.isTooLarge(for: width - 2 * margin, height - 2 * margin, areaMM2: areaMM2)
    }

    /// Returns a place in a region, with a proof.
    package mutating func fit(in region: FitRegion) -> Fit? {
        guard !isTooLarge(for: region.width, region.height, areaMM2: region.areaMM2) else { return nil }
        for free in FreeRectangles(region, margin: margin, gap: gap).all { if let fit = part.fit(in: free) { return fit } }
        return region.isRectangle ? nil : pose(in: region)
    }

    private mutating func pose(in region: FitRegion) -> Fit? {
        let angles = FitAngles(part, region, margin: margin).all
        guard !angles.isEmpty else { return nil }
        let search = PoseSearch(region, margin: margin, gap: gap, error: part.error)
        let isStraight = part.error == 0 && region.outer.isStraight && region.windows.allSatisfy(\.isStraight)
        let comparesPieces = isStraight && min(margin, gap) < 2 * FitProof.tolerance
        let proof = FitProof(region, margin: margin, gap: gap)
        let corners = part.shapes.reduce(0) { $0 + $1.corners.count }, cost = max(1, corners / Self.cornersOfTurn)
        for turn in angles {
            guard turns > 0 else {
                unfinished += 1
                return nil
            }
            turns -= cost
            let bare = Rigid(mirrored: false, turn: turn, shift: .zero)
            guard let places = search.places(part.shapes.map { $0.mapped(bare) }), let place = places.free else { continue }
            let box = part.support.box(turnedBy: turn), fit = Fit(turn: turn, box: box, to: box.min + place)
            if comparesPieces ? places.isApart(at: place) : proof.holds(part.outline.mapped(fit.pose)) { return fit }
        }
        return nil
    }
}
