import Drawings
import FoundationEssentials
import Glibc
import Testing

/// The example drawings, compared with values computed from their dimensions.
struct ExampleTests {
    private func read(_ name: String) throws -> Drawing {
        try Drawing(reading: [UInt8](try Data(contentsOf: URL(filePath: Paths.examples + "/" + name))))
    }

    /// Length and net area of a rectangle with rounded corners.
    private func rounded(_ width: Double, _ height: Double, _ radius: Double) -> (length: Double, area: Double) {
        (2 * (width + height) - (8 - 2 * .pi) * radius, width * height - (4 - .pi) * radius * radius)
    }

    /// Length and area of a slot. Its length is the distance between the centres of its ends.
    private func slot(_ length: Double, _ width: Double) -> (length: Double, area: Double) {
        (2 * length + .pi * width, length * width + .pi * width * width / 4)
    }

    @Test func flange() throws {
        let drawing = try read("0001-Flange-MS-10mm-x4.dxf")
        let measured = try drawing.measure()
        #expect(drawing.version == "AC1009")
        #expect(agree(measured.lengthMM, 2 * .pi * (100 + 45 + 8 * 9)))
        #expect(agree(measured.netAreaMM2, .pi * (10_000 - 2025 - 8 * 81)))
        #expect(measured.outer == 1 && measured.holes == 9 && measured.circles == 10)
        #expect(drawing.check(measured, Check.Limits(thicknessMM: 10, bedWidthMM: 3000, bedHeightMM: 1500)).isEmpty)
    }

    @Test func bracket() throws {
        let drawing = try read("0002-Bracket-MS-5mm-x10.dxf")
        let measured = try drawing.measure()
        let (long, short) = (slot(20, 9), slot(10, 9))
        // The length that a rounded corner saves, per radius, and the area, per square of the radius.
        let (saved, cornerArea) = (2 - Double.pi / 2, 1 - Double.pi / 4)
        let corners = saved * (5 * 5 + 8)
        #expect(agree(measured.lengthMM, 420 - corners + long.length + short.length + 22 * .pi))
        let area: Double = 6800 + cornerArea * (64 - 5 * 25)
        #expect(agree(measured.netAreaMM2, area - long.area - short.area - 60.5 * .pi))
        #expect(measured.outer == 1 && measured.holes == 4)
        #expect(drawing.check(measured, Check.Limits(thicknessMM: 5)).isEmpty)
    }

    @Test func gasket() throws {
        let drawing = try read("0003-Gasket-SS-1mm-x25.dxf")
        let measured = try drawing.measure()
        let lean = acos(0.5)
        let tangent = (3600.0 - 900).squareRoot()
        let outline: Double = 90 * (Double.pi - 2 * lean) + 60 * lean + 4 * tangent
        #expect(agree(measured.lengthMM, outline + 2 * .pi * (30 + 6 + 6)))
        let area: Double = 2025 * (Double.pi - 2 * lean) + 450 * lean + 120 * tangent
        #expect(agree(measured.netAreaMM2, area - .pi * (900 + 72)))
        #expect(drawing.entities == ["SPLINE": 7, "LINE": 4])
        #expect(measured.outer == 1 && measured.holes == 3 && measured.open == 0)
        #expect(agree(measured.box.width, 150) && agree(measured.box.height, 90))
    }

    @Test func panel() throws {
        let drawing = try read("0004-Panel-AL-2mm-x6.dxf")
        let measured = try drawing.measure()
        let plate = rounded(600, 400, 12)
        #expect(agree(measured.lengthMM, plate.length + 240 * 10 * .pi))
        #expect(agree(measured.netAreaMM2, plate.area - 240 * 25 * .pi))
        #expect(measured.layers.map(\.name) == ["OUTLINE", "HOLES"] && measured.layers.map(\.contours) == [1, 240])
    }

    @Test func cover() throws {
        let drawing = try read("0005-Cover-SS-3mm-x2.dxf")
        let measured = try drawing.measure()
        let (plate, louver) = (rounded(12, 8, 0.5), slot(4, 0.25))
        #expect(drawing.units == .inch)
        #expect(agree(measured.lengthMM, 25.4 * (plate.length + 6 * louver.length + 8 * .pi * 0.140625)))
        #expect(agree(measured.netAreaMM2, 645.16 * (plate.area - 6 * louver.area - 4 * .pi * 0.140625 * 0.140625)))
        #expect(agree(measured.minCircleDiameterMM ?? 0, 7.14375))
        #expect(drawing.check(measured, Check.Limits(thicknessMM: 3)).isEmpty)
    }

    @Test func nameplate() throws {
        let drawing = try read("0006-Nameplate-Brass-1.5mm-x50.dxf")
        let measured = try drawing.measure()
        let (plate, cut) = (rounded(90, 40, 4), slot(8, 2))
        #expect(drawing.entities == ["LWPOLYLINE": 1, "INSERT": 2, "ELLIPSE": 1])
        #expect(agree(measured.netAreaMM2, plate.area - 4 * (cut.area + .pi * 2.56) - .pi * 18 * 9))
        // The circumference of an ellipse by the series of Gauss and Kummer in ((a - b) / (a + b))^2.
        let h = 1.0 / 9
        var (series, factor) = (1.0, 1.0)
        for n in 1..<40 {
            factor *= (0.5 - Double(n - 1)) / Double(n)
            series += factor * factor * pow(h, Double(n))
        }
        #expect(agree(measured.lengthMM, plate.length + 4 * (cut.length + 3.2 * .pi) + .pi * 27 * series))
        #expect(measured.holes == 9 && measured.layers.map(\.name) == ["CUT"])
    }

    @Test func link() throws {
        let drawing = try read("0007-Link-MS-8mm-x12.dxf")
        let measured = try drawing.measure()
        let lean = acos(10.0 / 120)
        let tangent = (14_400.0 - 100).squareRoot()
        let outline: Double = 60 * (Double.pi - lean) + 40 * lean + 2 * tangent
        #expect(agree(measured.lengthMM, outline + 64 + 4 * 32.0.squareRoot() + 18 * Double.pi))
        let area: Double = 900 * (Double.pi - lean) + 400 * lean + 50 * tangent
        #expect(agree(measured.netAreaMM2, area - 544 - 81 * Double.pi))
        #expect(measured.closed == 3 && measured.open == 0 && measured.holes == 2)
        #expect(drawing.check(measured, Check.Limits(thicknessMM: 8)).isEmpty)
    }

    @Test func faulty() throws {
        let drawing = try read("0008-Faulty-MS-3mm-x1.dxf")
        let measured = try drawing.measure()
        let defects = drawing.check(measured, Check.Limits(thicknessMM: 3, bedWidthMM: 3000, bedHeightMM: 1500))
        #expect(defects.map(\.kind) == [.openContour, .crossing, .duplicate, .smallHole, .textNotOutlined])
        #expect(agree(defects[0].gapMM ?? 0, 0.3))
        #expect(defects[2].place == Point(85, 20) && defects[2].sizeMM == 30)
        #expect(defects[3].place == Point(125, 25) && defects[3].sizeMM == 2)
    }

    @Test func outlinesAreOnTheContours() throws {
        let outlines = try read("0001-Flange-MS-10mm-x4.dxf").measure().outlines(toleranceMM: 0.01)
        #expect(outlines.count == 10 && outlines.allSatisfy { $0.isClosed })
        #expect(outlines.map(\.depth) == [0] + [Int](repeating: 1, count: 9))
        for point in outlines[0].points { #expect(agree(point.x * point.x + point.y * point.y, 10_000)) }
    }
}
