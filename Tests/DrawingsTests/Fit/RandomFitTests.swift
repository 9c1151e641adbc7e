import Glibc
import Testing

@testable import Drawings

/// Random parts and regions, with checks by dense points.
@Suite struct RandomFitTests {
    /// A star-shaped contour, some of whose pieces are arcs.
    private func blob(_ random: inout Seeded, size: Double, arcs: Bool) -> ArcPath {
        let count = Int.random(in: 3...9, using: &random)
        return FitShapes.bent(
            (0..<count).map { number in
                let angle = 2 * .pi * (Double(number) + Double.random(in: 0...0.6, using: &random)) / Double(count)
                let reach = size * Double.random(in: 0.4...1, using: &random)
                let bulge = arcs && Bool.random(using: &random) ? Double.random(in: -0.15...0.4, using: &random) : 0
                return (reach * cos(angle), reach * sin(angle), bulge)
            })
    }

    /// The support function agrees with dense points at every angle, and so does the set of rotations that fit.
    @Test(arguments: 1...21) func extentsMatchDensePoints(seed: UInt64) {
        var random = Seeded(seed)
        let part = FitPart(seed % 7 == 0 ? FitShapes.disc(30) : blob(&random, size: 100, arcs: seed % 3 > 0))
        let points = part.outline.pieces.flatMap { piece in (0..<200).map { piece.point(at: Double($0) / 200) } }
        let limit = Double.random(in: part.widths.least...part.widths.most, using: &random), high = part.widths.most * 0.9
        let ranges = part.widths.turns(within: limit, high)
        for step in 0..<360 {
            let turn = Double(step) * .pi / 180, map = Rigid(mirrored: false, turn: turn, shift: .zero)
            let dense = points.reduce(into: Box()) { $0.include(map($1)) }, exact = part.support.box(turnedBy: turn)
            for (a, b) in [
                (exact.min.x, dense.min.x), (exact.min.y, dense.min.y), (-exact.max.x, -dense.max.x), (-exact.max.y, -dense.max.y),
            ] { #expect(a <= b + 1e-9 && a >= b - 0.02) }
            #expect(exact.width >= part.widths.least - 1e-6 && exact.width <= part.widths.most + 1e-6)
            let isIn = ranges.contains { $0.contains(Angle.positive(turn, turn: .pi)) }
            if min(abs(exact.width - limit), abs(exact.height - high)) > 1e-6 {
                #expect(isIn == (exact.width <= limit && exact.height <= high), "\(turn)")
            }
        }
    }

    /// No fit in a random region is false, by dense points.
    @Test(arguments: 1...24) func fitsKeepTheirDistances(seed: UInt64) {
        var random = Seeded(seed)
        func number(_ low: Double, _ high: Double) -> Double { Double.random(in: low...high, using: &random) }
        let outer =
            switch seed % 4 {
            case 0: FitShapes.box(number(200, 400), number(150, 300))
            case 1: FitShapes.l(number(300, 400), number(250, 300), number(50, 250), number(50, 200))
            case 2: blob(&random, size: 250, arcs: true)
            default: blob(&random, size: 250, arcs: false)
            }
        let centre = outer.box.center, spot = Point(centre.x + number(-30, 30), centre.y + number(-30, 30))
        let windows = seed % 2 == 0 && seed % 4 < 2 ? [FitShapes.disc(number(5, 40), at: spot)] : []
        let (margin, gap) = (seed % 3 == 0 ? 0.0 : number(0.5, 10), number(0.5, 8))
        let corner = outer.box.min
        let moved = outer.mapped(Rigid(mirrored: false, turn: 0, shift: corner * -1))
        let holes = windows.map { $0.mapped(Rigid(mirrored: false, turn: 0, shift: corner * -1)) }
        for _ in 0..<2 {
            let part = blob(&random, size: number(30, 160), arcs: Bool.random(using: &random))
            guard let found = FitShapes.fit(part, outer, windows, margin: margin, gap: gap) else { continue }
            #expect(FitShapes.isClear(found.placed, moved, holes, margin: margin, gap: gap))
            #expect(abs(found.placed.area - abs(part.area)) < 1e-6)
            let box = found.placed.box
            #expect(abs(box.min.x - found.fit.place.x) < 1e-6 && abs(box.min.y - found.fit.place.y) < 1e-6)
        }
    }

    /// What was cut out of a region fits again, wherever it was since.
    @Test(arguments: 1...24) func whatWasCutOutFitsAgain(seed: UInt64) {
        var random = Seeded(seed)
        func number(_ low: Double, _ high: Double) -> Double { Double.random(in: low...high, using: &random) }
        let arm = (x: number(80, 150), y: number(80, 150)), size = (x: number(250, 400), y: number(200, 300))
        let outer = FitShapes.l(size.x, size.y, size.x - arm.x, size.y - arm.y)
        // An L with arms that are thinner by the distances, or a bar along one of them.
        let margin = number(0, 5)
        let part =
            seed % 2 == 0
            ? FitShapes.l(size.x - 2 * margin, size.y - 2 * margin, size.x - arm.x, size.y - arm.y)
            : FitShapes.box(size.x - 2 * margin, arm.y - 2 * margin)
        let moved = part.mapped(Rigid(mirrored: false, turn: number(0, 2 * .pi), shift: Point(number(-500, 500), number(-500, 500))))
        #expect(FitShapes.fit(moved, outer, margin: margin) != nil)
        // Grown by 0.05 mm there is no place for it.
        let grown =
            seed % 2 == 0
            ? FitShapes.l(size.x - 2 * margin + 0.05, size.y - 2 * margin + 0.05, size.x - arm.x, size.y - arm.y)
            : FitShapes.box(size.x - 2 * margin + 0.05, arm.y - 2 * margin + 0.05)
        // The bar could go into the other arm.
        if seed % 2 == 0 || size.y - 2 * margin < size.x - 2 * margin && arm.x < arm.y {
            #expect(FitShapes.fit(grown, outer, margin: margin) == nil)
        }
    }

    /// A part with room to spare at a random place and rotation among windows is found again.
    @Test(arguments: 1...16) func roomToSpareIsFound(seed: UInt64) {
        var random = Seeded(seed)
        func number(_ low: Double, _ high: Double) -> Double { Double.random(in: low...high, using: &random) }
        let sheet = FitShapes.box(400, 300), part = blob(&random, size: number(60, 110), arcs: seed % 2 == 0)
        let pose = Rigid(mirrored: false, turn: number(0, 2 * .pi), shift: Point(200, 150)), placed = part.mapped(pose)
        // Windows where the part is not, at a distance.
        var windows: [ArcPath] = []
        for _ in 0..<30 where windows.count < 6 {
            let disc = FitShapes.disc(number(4, 20), at: Point(number(25, 375), number(25, 275)))
            let proof = FitProof(FitRegion(FitShapes.box(400, 300), windows: windows + [disc]), margin: 0, gap: 8)
            if proof.holds(placed) { windows.append(disc) }
        }
        guard FitProof(FitRegion(sheet, windows: windows), margin: 5, gap: 5).holds(placed) else { return }
        #expect(FitShapes.fit(part, sheet, windows, margin: 4, gap: 4) != nil)
    }

    /// Distances of lines and arcs by formula agree with those of dense points.
    @Test(arguments: 1...100) func distancesMatchDensePoints(seed: UInt64) {
        var random = Seeded(seed)
        func piece() -> ArcPiece {
            func number() -> Double { Double.random(in: -10...10, using: &random) }
            let bulge = Bool.random(using: &random) ? 0 : Double.random(in: -0.41...0.41, using: &random)
            return ArcPiece(from: Point(number(), number()), to: Point(number(), number()), bulge: bulge)
        }
        let (one, two) = (piece(), piece())
        var least = Double.infinity
        for step in 0...2000 {
            let place = one.point(at: Double(step) / 2000)
            least = min(least, (two.foot(of: place) - place).length)
        }
        let exact = one.distance(to: two)
        #expect(exact <= least + 1e-9 && exact >= least - 0.01)
        #expect(abs(two.distance(to: one) - exact) < 1e-9)
    }
}
