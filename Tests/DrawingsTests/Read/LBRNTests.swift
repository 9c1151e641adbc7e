import Drawings
import FoundationEssentials
import Testing
import Values

struct LBRNTests {
    private func project(_ body: String, settings: String = "") -> [UInt8] {
        Array(
            "<?xml version=\"1.0\"?>\n<LightBurnProject AppVersion=\"1.7.08\" FormatVersion=\"1\">\(settings)\(body)</LightBurnProject>"
                .utf8)
    }

    private func measured(_ body: String) throws -> Measurement { try Drawing(reading: project(body)).measure() }

    private func example(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(filePath: Paths.examples + "/" + name)))
    }

    @Test func aProjectHasTheMeasuresOfItsTwin() throws {
        let twin = try Drawing(reading: example("0006-Nameplate-Brass-1.5mm-x50.dxf")).measure()
        let drawing = try Drawing(reading: example("0006-Nameplate-Brass-1.5mm-x50.lbrn2"))
        let measured = try drawing.measure()
        #expect(drawing.version == "LightBurn 1.7.08" && drawing.units == .millimetre)
        #expect(drawing.entities == ["RECT": 5, "ELLIPSE": 5, "GROUP": 6])
        #expect(agree(measured.lengthMM, twin.lengthMM) && agree(measured.cutLengthMM, twin.cutLengthMM))
        #expect(agree(measured.netAreaMM2, twin.netAreaMM2) && agree(measured.grossAreaMM2, twin.grossAreaMM2))
        #expect(measured.pierces == twin.pierces && measured.holes == twin.holes && measured.circles == twin.circles)
        #expect(agree(measured.box.max.x, twin.box.max.x) && agree(measured.box.min.y, twin.box.min.y))
        #expect(measured.layers.map(\.name) == ["CUT"] && drawing.check(measured).isEmpty)
    }

    /// A name equal to one made unique for another setting, and one equal to that of a layer without a setting.
    @Test func settingsWithEqualNamesKeepTheirProcess() throws {
        let names = [("Cut", "A"), ("Scan", "A (C02)"), ("Cut", "A"), ("Scan", "C04")]
        let settings = names.enumerated().map {
            "<CutSetting type=\"\($0.element.0)\"><index Value=\"\($0.offset)\"/><name Value=\"\($0.element.1)\"/></CutSetting>"
        }
        let body = (0..<5).map { "<Shape Type=\"Ellipse\" CutIndex=\"\($0)\" Rx=\"\($0 + 1)\" Ry=\"\($0 + 1)\"/>" }
        let measured = try Drawing(reading: project(body.joined(), settings: settings.joined())).measure()
        #expect(measured.layers.map(\.name) == ["A", "A (C02)", "A (C02) (C02)", "C04", "C04 (C04)"])
        #expect(measured.layers.map(\.process) == [.cut, .engrave, .cut, .engrave, .cut])
    }

    @Test func cutSettingsAreLayers() throws {
        let settings = """
            <CutSetting type="Cut"><index Value="0"/><name Value="Outside"/><maxPower Value="80"/><speed Value="12.5"/>
            <SubLayer type="Scan" index="1"><speed Value="1"/></SubLayer></CutSetting>
            <CutSetting type="Scan"><index Value="1"/><name Value=""/><priority Value="2"/></CutSetting>
            <CutSetting type="Cut"><index Value="2"/><name Value="outside"/><doOutput Value="0"/></CutSetting>
            """
        let body = (0..<3).map { "<Shape Type=\"Ellipse\" CutIndex=\"\($0)\" Rx=\"\($0 + 1)\" Ry=\"\($0 + 1)\"/>" }.joined()
        let tool = "<Shape Type=\"Rect\" CutIndex=\"30\" W=\"20\" H=\"20\"/>"
        let drawing = try Drawing(reading: project(body + tool, settings: settings))
        let measured = try drawing.measure()
        #expect(measured.layers.map(\.name) == ["Outside", "C01", "outside (C02)", "T1"])
        #expect(measured.layers.map(\.process) == [Process.cut, .engrave, .cut, .ignore])
        #expect(measured.layers.map(\.hidden) == [0, 0, 1, 0])
        let first = drawing.layers.first?.setting
        #expect(first?.maxPower == 80 && first?.speedMMs == 12.5 && drawing.layers[1].setting?.priority == 2)
    }

    /// Both forms of a path, with the handles of a half circle as a cubic, and a line that closes it.
    @Test func pathsAreExactCubics() throws {
        let compact = """
            <Shape Type="Path" CutIndex="0"><XForm>1 0 0 1 0 0</XForm>
            <VertList>V0 0c0x0c0y4c1x1V3 0c0x1c1x3c1y4</VertList><PrimList>B0 1L1 0</PrimList></Shape>
            """
        let legacy = """
            <Shape Type="Path" CutIndex="0"><V vx="0" vy="0" c0x="0" c0y="4" c1x="1" c1y="0"/>
            <V vx="3" vy="0" c0x="1" c0y="0" c1x="3" c1y="4"/><P T="B" p0="0" p1="1"/><P T="L" p0="1" p1="0"/></Shape>
            """
        for body in [compact, legacy] {
            let measured = try measured(body)
            #expect(measured.closed == 1 && measured.open == 0)
            // A cubic whose handles are perpendicular to its chord has 3/4 of their height, and 3/5 of the area of their rectangle.
            #expect(agree(measured.box.height, 3) && agree(measured.netAreaMM2, 0.6 * 3 * 4))
        }
    }

    /// A corner with a loop of 0.2 mm, as made by burn correction, is passed without a stop: one contour, one pierce.
    @Test(arguments: [true, false]) func connectedPrimitivesWithLoopsAreOneContour(isCompact: Bool) throws {
        let corners = [(0.0, 0.0), (80, 0), (80, 30), (50, 30), (50, 50), (0, 50)]
        let body: String
        if isCompact {
            let vertices = corners.enumerated().map { number, corner in
                let handle = number == 3 ? "c0x50c0y29.7" : number == 4 ? "c1x50.3c1y30" : ""
                return "V\(corner.0) \(number == 4 ? 30 : corner.1)\(handle)"
            }
            // From 3 to 4 a curve leaves the corner and returns to it.
            body = """
                <Shape Type="Path" CutIndex="0"><VertList>\(vertices.joined())V50 50V0 50</VertList>
                <PrimList>L0 1L1 2L2 3B3 4L4 6L6 7L7 0</PrimList></Shape>
                """
        } else {
            let loop = [(50.2, 30.0), (50.2, 29.8), (50, 29.8), (50, 30)], all = corners[..<3] + [(50, 30)] + loop + corners[4...]
            let vertices = all.map { "<V vx=\"\($0.0)\" vy=\"\($0.1)\"/>" }
            let pieces = all.indices.map { "<P T=\"L\" p0=\"\($0)\" p1=\"\(($0 + 1) % all.count)\"/>" }
            body = "<Shape Type=\"Path\" CutIndex=\"0\">\(vertices.joined())\(pieces.joined())</Shape>"
        }
        let drawing = try Drawing(reading: project(body)), measured = try drawing.measure()
        #expect(measured.contourCount == 1 && measured.closed == 1 && measured.pierces == 1 && measured.junctions == 0)
        #expect(abs(measured.lengthMM - 260) < 1 && abs(measured.netAreaMM2 - 3400) < 0.1)
        let defects = drawing.check(measured, Check.Limits(thicknessMM: 3))
        #expect(defects.allSatisfy { $0.kind == .overlap || $0.kind == .selfCrossing && $0.severity == .note }, "\(defects)")
        // Written again it is still one contour of the same length.
        for version in [DXFVersion.r12, .r2000] {
            let again = try Drawing(reading: drawing.dxf(version)).measure()
            #expect(again.contourCount == 1 && abs(again.lengthMM - measured.lengthMM) < (version == .r12 ? 0.01 : 1e-7))
        }
        let svg = String(decoding: try drawing.svg(), as: UTF8.self)
        #expect(svg.split(separator: "<path").count == 2)
    }

    /// Of the same lines, one is engraved in the project and cut in the drawing.
    @Test func aTwinWithAnotherProcessIsReported() throws {
        let settings = "<CutSetting type=\"Cut\"><index Value=\"3\"/><name Value=\"Etch\"/></CutSetting>"
        let body = "<Shape Type=\"Ellipse\" CutIndex=\"0\" Rx=\"9\" Ry=\"9\"/><Shape Type=\"Ellipse\" CutIndex=\"3\" Rx=\"4\" Ry=\"4\"/>"
        let twin = try Drawing(reading: project(body, settings: settings)).measure(), same = try measured(body)
        var sketch = Sketch()
        sketch.circle(0, 0, 9)
        sketch.circle(0, 0, 4)
        let measured = try sketch.measured()
        #expect(twin.pierces == 1 && measured.pierces == 2)
        #expect(measured.defect(besideTwin: twin, named: "a.lbrn2")?.consequence.contains("1 pierce, not 2") == true)
        #expect(measured.defect(besideTwin: same, named: "a.lbrn2") == nil)
    }

    /// Primitives after an interruption are another contour, and so are those after a primitive with missing points.
    @Test func anInterruptedPathIsSeveralContours() throws {
        let measured = try measured(
            """
            <Shape Type="Path" CutIndex="0"><VertList>V0 0V9 0V9 9c0x8c0y8V20 0c1x1c1y1V29 0V29 9V0 9</VertList>
            <PrimList>L0 1L1 6L6 0L3 4L4 5B5 3B2 77L1 2</PrimList></Shape>
            """)
        #expect(measured.closed == 2 && measured.open == 1 && measured.notes.map(\.kind) == [.pathBroken])
    }

    /// x(t) = t³ and y(t) = t² as a Bézier curve: the length of the semicubical parabola has a closed formula.
    @Test func theLengthOfACurveIsExact() throws {
        let measured = try measured(
            """
            <Shape Type="Path" CutIndex="0"><VertList>V0 0c0x0c0y0V27 27c1x0c1y9</VertList><PrimList>B0 1</PrimList></Shape>
            """)
        let (k, y) = (Double(27), Double(27))
        #expect(agree(measured.lengthMM, (pow4(1 + 9 / 4 * y / k) - 1) * 8 / 27 * k))
        #expect(measured.open == 1)
    }

    /// Returns x to the power of 3/2.
    private func pow4(_ x: Double) -> Double { x * x.squareRoot() }

    @Test func pointsAndPiecesAreShared() throws {
        let measured = try measured(
            """
            <Shape Type="Path" VertID="7" PrimID="3"><XForm>1 0 0 1 0 0</XForm><VertList>V0 0V4 0V4 3</VertList>
            <PrimList>LineClosed</PrimList></Shape>
            <Shape Type="Path" VertID="7" PrimID="3"><XForm>2 0 0 2 10 0</XForm></Shape>
            <Shape Type="Path" VertID="7" PrimID="4"><XForm>1 0 0 1 30 0</XForm><PrimList>L0 1L1 2</PrimList></Shape>
            """)
        #expect(agree(measured.lengthMM, 12 + 24 + 7) && measured.closed == 2 && measured.open == 1)
    }

    @Test(arguments: [("1 0 0 1 5 5", 1.0, 1.0), ("0 3 -3 0 1 2", 3, 3), ("-2 0 0 2 0 0", 2, 2), ("3 0 0 2 0 0", 3, 2)])
    func transformedRectanglesKeepTheirRoundedCorners(form: String, across: Double, up: Double) throws {
        let measured = try measured("<Shape Type=\"Rect\" W=\"20\" H=\"10\" Cr=\"2\"><XForm>\(form)</XForm></Shape>")
        #expect(agree(measured.netAreaMM2, across * up * (200 - (4 - .pi) * 4)))
        #expect(measured.closed == 1 && measured.open == 0)
        if across == up { #expect(agree(measured.lengthMM, across * (60 - (8 - 2 * .pi) * 2))) }
        let scooped = try self.measured("<Shape Type=\"Rect\" W=\"20\" H=\"10\" Cr=\"-2\"><XForm>\(form)</XForm></Shape>")
        #expect(agree(scooped.netAreaMM2, across * up * (200 - 4 * .pi)) && scooped.closed == 1)
    }

    @Test func onlyTheOutlineOfATextIsMeasured() throws {
        let measured = try measured(
            """
            <Shape Type="Text" CutIndex="0" Str="A" HasBackupPath="1"><BackupPath Type="Path" CutIndex="0"><XForm>1 0 0 1 9 9</XForm>
            <VertList>V0 0V4 0V4 3</VertList><PrimList>L0 1L1 2L2 0</PrimList></BackupPath><XForm>1 0 0 1 9 9</XForm></Shape>
            <Shape Type="Text" CutIndex="0" Str="3 mm &amp; steel"/><Shape Type="Bitmap" W="1" H="1" Data="AAAA"/>
            """)
        #expect(agree(measured.lengthMM, 12) && measured.box.min == Point(9, 9))
        #expect(measured.skipped == ["TEXT": 1, "BITMAP": 1])
        let drawing = try Drawing(reading: project("<Shape Type=\"Text\" Str=\"3 mm &amp; steel\"/>"))
        #expect(drawing.texts == ["3 mm & steel"])
    }

    @Test(arguments: [
        ("<svg xmlns=\"http://www.w3.org/2000/svg\"/>", "<svg>"), ("<LightBurnProject", "unclosed token"),
        ("<!DOCTYPE a [<!ENTITY b \"bbbb\">]><LightBurnProject/>", "document type"),
        ("<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><LightBurnProject/>", "document type"),
        ("<LightBurnProject>&b;</LightBurnProject>", "undefined entity"),
    ]) func invalidProjectsAreRefused(text: String, reason: String) {
        let failure = #expect(throws: Failure.self) { try Drawing(reading: Array(text.utf8)) }
        #expect(failure?.kind == .input && failure?.message.contains(reason) == true, "\(failure?.message ?? "")")
    }

    @Test func nestingIsBounded() {
        let deep = String(repeating: "<Shape Type=\"Group\"><Children>", count: 100_000)
        let failure = #expect(throws: Failure.self) { try Drawing(reading: project(deep)) }
        #expect(failure?.message.contains("nested more than 256 deep") == true)
    }

    @Test func tooManyCopiesAreRefused() {
        let vertices = (0..<2000).map { "V\($0) \($0 % 7)" }.joined()
        let first = "<Shape Type=\"Path\" VertID=\"0\" PrimID=\"0\"><VertList>\(vertices)</VertList><PrimList>LineClosed</PrimList></Shape>"
        let body = first + String(repeating: "<Shape Type=\"Path\" VertID=\"0\" PrimID=\"0\"/>", count: 1000)
        let failure = #expect(throws: Failure.self) { try Drawing(reading: project(body)) }
        #expect(failure?.kind == .input)
    }

    @Test func shapesBeforeASyntaxErrorAreKept() throws {
        let bytes = project(
            "<Shape Type=\"Rect\" W=\"4\" H=\"2\"/><Shape Type=\"Rect\" W=\"nan\" H=\"2\"/><Shape Type=\"Path\"><PrimList>L0 9</PrimList></Shape>"
        )
        let drawing = try Drawing(reading: Array(bytes.dropLast(12)))
        let measured = try drawing.measure()
        #expect(agree(measured.lengthMM, 12))
        #expect(measured.notes.filter(\.isDamage).map(\.kind) == [.badNumber, .markupBroken, .pathBroken])
        #expect(drawing.check(measured).map(\.kind) == [.damaged, .damaged, .damaged])
    }
}
