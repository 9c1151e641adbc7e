import Glibc
import Testing
import Values

@testable import Drawings

/// Parts with known answers.
@Suite struct FitTests {
    /// A bar as long as a rectangle allows along its diagonal fits at one angle and its mirror image only; a hundredth more does not.
    @Test(arguments: [(1000.0, 500.0, 20.0), (300, 299, 1), (2500, 1250, 7.5)])
    func barFitsAlongTheDiagonal(width: Double, height: Double, thick: Double) throws {
        // Its length L at the angle t with L cos t + thick sin t = width and L sin t + thick cos t = height.
        var (low, high) = (0.0, Double.pi / 2)
        for _ in 0..<200 {
            let t = (low + high) / 2
            if (width - thick * sin(t)) / cos(t) * sin(t) + thick * cos(t) > height { high = t } else { low = t }
        }
        let length = (width - thick * sin(low)) / cos(low)
        let found = try #require(FitShapes.fit(FitShapes.box(length, thick), FitShapes.box(width, height)))
        #expect(abs(found.fit.degrees - low * 180 / .pi) < 0.01 || abs(180 - found.fit.degrees - low * 180 / .pi) < 0.01)
        #expect(FitShapes.isClear(found.placed, FitShapes.box(width, height), [], margin: 0, gap: 0))
        #expect(FitShapes.fit(FitShapes.box(length + 0.01, thick), FitShapes.box(width, height)) == nil)
        #expect(FitShapes.fit(FitShapes.box(length, thick + 0.01), FitShapes.box(width, height)) == nil)
        #expect(FitShapes.fit(FitShapes.box(length, thick), FitShapes.box(width, height), margin: 0.01) == nil)
    }

    /// A slot's ends are arcs, so it goes farther into the corners than its box: its middle line reaches the corners of the rectangle that
    /// is smaller by half of its width on each side.
    @Test func slotFitsAlongTheDiagonal() throws {
        let (width, height, thick) = (400.0, 300.0, 50.0)
        let straight = ((width - thick) * (width - thick) + (height - thick) * (height - thick)).squareRoot()
        #expect(FitShapes.fit(FitShapes.slot(straight + thick, thick), FitShapes.box(width, height)) != nil)
        #expect(FitShapes.fit(FitShapes.slot(straight + thick + 0.003, thick), FitShapes.box(width, height)) == nil)
    }

    @Test func discTouchesAllSides() throws {
        #expect(FitShapes.fit(FitShapes.disc(50), FitShapes.box(110, 110), margin: 5) != nil)
        #expect(FitShapes.fit(FitShapes.disc(50.0011), FitShapes.box(110, 110), margin: 5) == nil)
        #expect(FitShapes.fit(FitShapes.disc(50), FitShapes.disc(55.1), margin: 5) != nil)
        #expect(FitShapes.fit(FitShapes.disc(50), FitShapes.disc(54.998), margin: 5) == nil)
    }

    /// A part within a micrometre of the room fits; beyond that it does not.
    @Test func micrometreDecides() {
        #expect(FitShapes.fit(FitShapes.box(600, 400), FitShapes.box(610, 410), margin: 5) != nil)
        #expect(FitShapes.fit(FitShapes.box(600.0004, 400), FitShapes.box(610, 410), margin: 5) != nil)
        #expect(FitShapes.fit(FitShapes.box(600.002, 400), FitShapes.box(610, 410), margin: 5) == nil)
        #expect(FitShapes.fit(FitShapes.box(400, 600), FitShapes.box(600, 400))?.fit.degrees == 90)
    }

    @Test func lHoldsWhatItsArmsHold() throws {
        let outer = FitShapes.l(1000, 500, 400, 300)
        #expect(FitShapes.fit(FitShapes.box(600, 500), outer) != nil)
        #expect(FitShapes.fit(FitShapes.box(1000, 200), outer) != nil)
        #expect(FitShapes.fit(FitShapes.box(601, 500), outer) == nil)
        #expect(FitShapes.fit(FitShapes.box(590, 490), outer, margin: 5) != nil)
        #expect(FitShapes.fit(FitShapes.box(591, 490), outer, margin: 5) == nil)
        // The L itself, as drawn and turned; not its mirror image.
        #expect(FitShapes.fit(outer, outer) != nil)
        let turned = outer.mapped(Rigid(mirrored: false, turn: 2.1, shift: Point(40, 3)))
        #expect(FitShapes.fit(turned, outer) != nil)
        #expect(FitShapes.fit(outer.mapped(Rigid(mirrored: true, turn: 0, shift: .zero)), outer) == nil)
        #expect(FitShapes.fit(FitShapes.l(990, 490, 400, 300), outer, margin: 5) != nil)
        #expect(FitShapes.fit(FitShapes.l(990.05, 490, 400, 300), outer, margin: 5) == nil)
    }

    /// A plate that is larger than either arm goes into the inner corner of an L at a slant.
    @Test func plateGoesAcrossTheInnerCorner() throws {
        let outer = FitShapes.l(500, 500, 300, 300), plate = FitShapes.box(300, 180)
        #expect(FitShapes.fit(plate, outer) != nil)
        // A triangle across the corner, as large as the line through the inner corner allows: at one rotation only.
        let triangle = FitShapes.path((0, 0), (400, 0), (0, 400))
        #expect(FitShapes.fit(triangle, outer) != nil)
        #expect(FitShapes.fit(FitShapes.path((0, 0), (400.05, 0), (0, 400.05)), outer) == nil)
    }

    @Test func windowIsInTheWay() throws {
        let sheet = FitShapes.box(500, 300), window = ArcPath(Point(200, 100), Point(300, 200))
        #expect(FitShapes.fit(FitShapes.box(480, 280), sheet) != nil)
        #expect(FitShapes.fit(FitShapes.box(480, 280), sheet, [window]) == nil)
        #expect(FitShapes.fit(FitShapes.box(200, 300), sheet, [window]) != nil)
        #expect(FitShapes.fit(FitShapes.box(200, 300), sheet, [window], gap: 1) == nil)
        #expect(FitShapes.fit(FitShapes.box(195, 300), sheet, [window], gap: 5) != nil)
        // Around a round window, on the diagonal of what is left beside it.
        let round = FitShapes.disc(60, at: Point(250, 150))
        let found = try #require(FitShapes.fit(FitShapes.box(180, 250), sheet, [round], margin: 5, gap: 5))
        #expect(FitShapes.isClear(found.placed, sheet, [round], margin: 5, gap: 5))
        #expect(FitShapes.fit(FitShapes.box(240, 250), sheet, [round], margin: 5, gap: 5) == nil)
    }

    /// A part may lie around a window, but a window does not lie in it.
    @Test func uGoesAroundAWindow() throws {
        let u = FitShapes.path((0, 0), (300, 0), (300, 200), (220, 200), (220, 80), (80, 80), (80, 200), (0, 200))
        let sheet = FitShapes.box(320, 220), window = ArcPath(Point(120, 110), Point(200, 190))
        let found = try #require(FitShapes.fit(u, sheet, [window], margin: 5, gap: 5))
        #expect(FitShapes.isClear(found.placed, sheet, [window], margin: 5, gap: 5))
        #expect(FitShapes.fit(FitShapes.box(300, 200), sheet, [window], margin: 5, gap: 5) == nil)
        #expect(FitShapes.fit(u, sheet, [ArcPath(Point(120, 10), Point(200, 190))], margin: 5, gap: 5) == nil)
    }

    @Test func gridCountsBoxes() {
        func count(_ part: ArcPath, _ outer: ArcPath, _ windows: [ArcPath] = [], margin: Double = 0, gap: Double = 0) -> Int {
            BoxGrid(FitSearch(FitPart(part), margin: margin, gap: gap), in: FitRegion(outer, windows: windows), wanted: 1000).count
        }
        #expect(count(FitShapes.box(100, 50), FitShapes.box(1000, 500)) == 100)
        #expect(count(FitShapes.box(100, 50), FitShapes.box(1000, 500), margin: 5, gap: 5) == 9 * 9)
        #expect(count(FitShapes.box(400, 100), FitShapes.box(100, 800)) == 2)
        // A bar that is drawn askew is counted by its smallest box.
        let askew = FitShapes.box(200, 20).mapped(Rigid(mirrored: false, turn: 0.7, shift: .zero))
        #expect(count(askew, FitShapes.box(400.001, 100.001)) == 10)
        // The window takes one of ten places in a row, the corner of an L six.
        #expect(count(FitShapes.box(100, 100), FitShapes.box(1000, 100), [ArcPath(Point(320, 40), Point(380, 60))]) == 9)
        #expect(count(FitShapes.box(100, 100), FitShapes.l(500, 500, 200, 300)) == 19)
        #expect(count(FitShapes.box(10, 10), FitShapes.disc(100)) > 250)
    }

    @Test func textKeepsTheRegion() throws {
        let outer = FitShapes.bent([(0, 0, 0), (200.5, 0, 0.25), (200.5, 100.125, 0), (0, 100, -0.1)])
        let region = FitRegion(outer, windows: [ArcPath(Point(20, 20), Point(40, 50)), FitShapes.disc(10, at: Point(100, 50))])
        let read = try #require(FitRegion(text: region.text))
        #expect(read.text == region.text && abs(read.areaMM2 - region.areaMM2) < 0.01)
        #expect(abs(region.areaMM2 - (outer.area - 600 - 100 * .pi)) < 1e-6)
        #expect(FitRegion(text: "0,0 10,0 10,10 0,10; 1,1 2,1 2,2 1,2")?.areaMM2 == 99)
        for text in ["", "0,0", "0,0 1,1", "0,0 1,0 x,1", "0,0 1,0:z 1,1", "0,0,0 1,0 1,1"] {
            #expect(FitRegion(text: text) == nil, "\(text)")
        }
    }

    @Test func windowsMustLieWithin() throws {
        let size = try #require(Size(reading: "600x400")), corner = try #require(Size(reading: "200x100"))
        func region(_ windows: String...) throws -> FitRegion {
            try FitRegion(size, without: corner, windows: windows.map { try #require(FitRegion.Window(reading: $0)) })
        }
        #expect(try region("100,100,50x50", "200,100,50x50").areaMM2 == 240_000 - 20_000 - 5000)
        for wrong in ["590,10,50x50", "450,320,20x20", "0,10,20x20"] { #expect(throws: Failure.self) { try region(wrong) } }
        for second in ["40,40,50x50", "20,20,5x5"] { #expect(throws: Failure.self) { try region("10,10,50x50", second) } }
        #expect(throws: Failure.self) { try FitRegion(size, without: size, windows: []) }
    }

    /// A window within the part is as little material as one that it crosses.
    @Test func aPartAroundAWindowDoesNotFit() {
        let window = ArcPath(Point(150, 150), Point(160, 160))
        for (left, fits) in [(130.0, false), (200.0, true)] {
            let part = ArcPath(Point(left, 130), Point(left + 60, 190))
            #expect(FitProof(FitRegion(FitShapes.box(400, 300), windows: [window]), margin: 5, gap: 5).holds(part) == fits)
        }
    }
}
