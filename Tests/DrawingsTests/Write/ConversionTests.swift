import FoundationEssentials
import Glibc
import Testing
import Values

@testable import Drawings

/// A drawing that is written and read again has the same measurements.
struct ConversionTests {
    private static let root = Paths.package

    private func read(_ path: String) throws -> Drawing { try Drawing(reading: [UInt8](try Data(contentsOf: URL(filePath: path)))) }

    /// Returns the differences between two measurements that exceed a share of the size.
    private func differences(_ a: Measurement, _ b: Measurement, share: Double) -> [String] {
        var faults: [String] = []
        let size = max(a.box.width, a.box.height)
        func close(_ name: String, _ x: Double, _ y: Double, _ slack: Double = 0) {
            if !(abs(x - y) <= share * abs(x) + slack + 1e-9) { faults.append("\(name) \(x) became \(y)") }
        }
        func equal(_ name: String, _ x: Int, _ y: Int) { if x != y { faults.append("\(name) \(x) became \(y)") } }
        close("length", a.lengthMM, b.lengthMM)
        close("cut length", a.cutLengthMM, b.cutLengthMM)
        close("open length", a.openLengthMM, b.openLengthMM)
        if a.box.isEmpty != b.box.isEmpty { faults.append("the box came or went") }
        if !a.box.isEmpty, !b.box.isEmpty {
            for (x, y) in [(a.box.min.x, b.box.min.x), (a.box.min.y, b.box.min.y), (a.box.max.x, b.box.max.x), (a.box.max.y, b.box.max.y)] {
                close("box", x, y, share * size)
            }
        }
        if a.selfCrossing == 0, a.crossingPairs == 0 {
            close("net area", a.netAreaMM2, b.netAreaMM2, share * size)
            close("gross area", a.grossAreaMM2, b.grossAreaMM2, share * size)
        }
        equal("closed", a.closed, b.closed)
        equal("open", a.open, b.open)
        equal("tiny", a.tiny, b.tiny)
        return faults
    }

    @Test func convertedExamplesHaveTheSameMeasures() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: Self.root + "/examples").filter { $0.hasSuffix(".dxf") }
        for name in names.sorted() {
            let drawing = try read(Self.root + "/examples/" + name), measured = try drawing.measure()
            for version in [DXFVersion.r12, .r2000] {
                let written = try Drawing(reading: drawing.dxf(version, Conversion(toleranceMM: 1e-3)))
                #expect(written.version == (version == .r12 ? "AC1009" : "AC1015"))
                #expect(written.units.mmPerUnit == drawing.units.mmPerUnit)
                let hasCurves = drawing.entities["SPLINE"] != nil || drawing.entities["ELLIPSE"] != nil
                let share = version == .r12 && hasCurves ? 1e-4 : 1e-9
                let faults = differences(measured, try written.measure(), share: share)
                #expect(faults.isEmpty, "\(name) as \(version): \(faults.joined(separator: "; "))")
            }
        }
    }

    @Test(.sharedDrawings) func convertedSharedDrawingsHaveTheSameMeasures() throws {
        let folder = SharedDrawings.folder
        var (written, exempt) = (0, 0)
        for path in try FileManager.default.subpathsOfDirectory(atPath: folder).sorted() where path.lowercased().hasSuffix(".dxf") {
            guard let drawing = try? read(folder + "/" + path), let measured = try? drawing.measure(Measure.Options(hidden: true)) else {
                exempt += 1
                continue
            }
            let again = try Drawing(reading: drawing.dxf(.r2000, Conversion(Measure.Options(hidden: true))))
            let faults = differences(measured, try again.measure(Measure.Options(hidden: true)), share: 1e-6)
            #expect(faults.isEmpty, "\(path): \(faults.joined(separator: "; "))")
            written += 1
        }
        #expect(written > 0 && written > exempt, "\(written) written, \(exempt) exempt")
        print("conversion: \(written) shared drawings written and measured again, \(exempt) do not measure")
    }

    @Test func blocksCurvesAndLayersAreWritten() throws {
        var sketch = Sketch()
        sketch.section("HEADER") { $0.add((9, "$INSUNITS"), (70, 1)) }
        sketch.section("TABLES") { out in
            out.add((0, "LAYER"), (2, "Schnitt \\U+00C4"), (62, 3), (70, 0), (6, "CENTER"))
            out.add((0, "LAYER"), (2, "off"), (62, -5), (70, 0), (6, "CONTINUOUS"))
        }
        sketch.section("BLOCKS") { out in
            out.block("B") { out in
                out.polyline([(0, 0, 0), (10, 0, 1), (10, 6, 0), (0, 6, 0)], closed: true)
                out.circle(3, 3, 1)
            }
        }
        sketch.section("ENTITIES") { out in
            // Unequal scales in x and y: the arcs become elliptic arcs, one of them within a polyline.
            out.add((0, "INSERT"), (8, "Schnitt \\U+00C4"), (2, "B"), (10, 5), (20, 5), (41, 2), (42, -1), (50, 30))
            out.add((0, "SPLINE"), (8, "off"), (70, 8), (71, 2), (72, 6), (73, 3))
            for knot in [0, 0, 0, 1, 1, 1] { out.add((40, knot)) }
            for point in [(0.0, 0.0), (40.0, 50.0), (80.0, 0.0)] { out.add((10, point.0), (20, point.1), (30, 0)) }
        }
        let drawing = try Drawing(reading: sketch.bytes())
        let measured = try drawing.measure(Measure.Options(hidden: true))
        let again = try Drawing(reading: drawing.dxf(.r2000, Conversion(Measure.Options(hidden: true))))
        #expect(differences(measured, try again.measure(Measure.Options(hidden: true)), share: 1e-9).isEmpty)
        #expect(again.entities == ["SPLINE": 2, "ELLIPSE": 1])
        #expect(again.layers.contains { $0.name == "Schnitt Ä" && $0.color == 3 && $0.lineType == "CENTER" })
        #expect(again.layers.contains { $0.name == "off" && $0.isOff })
        // R12 has chords instead. With an error of 1e-6 mm the lengths agree within a millionth.
        let old = try Drawing(reading: drawing.dxf(.r12, Conversion(Measure.Options(hidden: true), toleranceMM: 1e-6)))
        #expect(differences(measured, try old.measure(Measure.Options(hidden: true)), share: 1e-6).isEmpty)
        #expect(old.entities == ["POLYLINE": 3])
    }

    /// As ARC entities they would have two angles that are equal in all digits, which is a full circle.
    @Test(arguments: [DXFVersion.r12, .r2000]) func nearlyStraightArcsKeepTheirLength(version: DXFVersion) throws {
        for power in 1...13 {
            let bulge = pow(10, -Double(power))
            var sketch = Sketch()
            sketch.polyline([(5000, 3000, bulge), (5100, 3020, 0)], closed: false)
            sketch.polyline([(0, 50, -bulge), (100, 50, 0)], closed: false)
            if power < 5 { sketch.add((0, "ARC"), (8, "0"), (10, 0), (20, 0), (40, 1e6 / bulge), (50, 10), (51, 10 + bulge * 1e-3)) }
            let drawing = try Drawing(reading: sketch.bytes())
            let again = try Drawing(reading: drawing.dxf(version))
            let faults = differences(try drawing.measure(), try again.measure(), share: 1e-9)
            #expect(faults.isEmpty, "\(bulge): \(faults.joined(separator: "; "))")
            #expect(again.entities["CIRCLE"] == nil && (again.entities["LINE"] != nil) == (power > 10))
        }
    }

    /// For a flat ellipse far from zero, rounding would separate the last point from the first.
    @Test func flatEllipsesStayClosed() throws {
        var sketch = Sketch()
        sketch.add((0, "ELLIPSE"), (8, "0"), (10, 5000), (20, 3000), (11, 3e14), (21, 4e14), (40, 1e-9), (41, 1), (42, 1 + 2 * Double.pi))
        let again = try Drawing(reading: try Drawing(reading: sketch.bytes()).dxf(.r2000))
        #expect(again.entities == ["SPLINE": 1])
        #expect(try again.measure().closed == 1)
    }

    @Test func coloursAndLineTypesAreWritten() throws {
        var sketch = Sketch()
        sketch.section("ENTITIES") { out in
            out.rectangle(0, 0, 100, 50)
            out.add((0, "LINE"), (8, "0"), (6, "CENTER2"), (62, 5), (10, 0), (20, 25), (11, 100), (21, 25))
        }
        let drawing = try Drawing(reading: sketch.bytes())
        for version in [DXFVersion.r12, .r2000] {
            let again = try Drawing(reading: drawing.dxf(version))
            let measured = try again.measure()
            #expect(measured.processes.map(\.process) == [.cut, .centre])
            #expect(measured.geometry.styles.contains { $0.color == 5 && $0.lineType == "CENTER2" })
        }
    }

    @Test func svgHasTheSizeOfTheDrawing() throws {
        let drawing = try read(Self.root + "/examples/0005-Cover-SS-3mm-x2.dxf")
        let svg = String(decoding: try drawing.svg(), as: UTF8.self)
        #expect(svg.contains("width=\"304.8mm\" height=\"203.2mm\" viewBox=\"0 0 304.8 203.2\""))
        #expect(svg.contains("inkscape:groupmode=\"layer\""))
        #expect(svg.hasSuffix("</svg>\n"))
    }
}
