import Drawings
import Testing
import Values

struct ReadingTests {
    private func square() -> Sketch {
        var sketch = Sketch()
        sketch.section("HEADER") { $0.add((9, "$ACADVER"), (1, "AC1015"), (9, "$INSUNITS"), (70, 4)) }
        sketch.section("ENTITIES") { $0.rectangle(0, 0, 10, 10, layer: "Cut") }
        return sketch
    }

    @Test(arguments: ["\n", "\r\n", "\r"]) func everyLineBreakIsRead(end: String) throws {
        let drawing = try Drawing(reading: square().bytes(lineEnd: end))
        #expect(drawing.version == "AC1015" && drawing.units == .millimetre)
        #expect(drawing.entities == ["LWPOLYLINE": 1])
        #expect(try drawing.measure().netAreaMM2 == 100)
    }

    @Test func unusualNotationsAreRead() throws {
        let text = "\u{FEFF}  0\nLINE\n999\na remark\n 8\nCut \n10\n-1,5\n20\n0\nnot a code\n11\n1.5E0\n21\n 0.0\n"
        let measured = try Drawing(reading: Array(text.utf8)).measure()
        #expect(measured.lengthMM == 3)
        #expect(measured.layers.map(\.name) == ["Cut"])
        #expect(measured.notes.contains { $0.kind == .resynchronised } && !measured.notes.contains { $0.kind == .endMissing })
    }

    @Test func headerVariablesAreReadAfterTheirSection() throws {
        var sketch = Sketch()
        sketch.section("HEADER") { $0.add((9, "$ACADVER"), (1, "AC1015")) }
        sketch.add((9, "$INSUNITS"), (70, 1), (9, "$MEASUREMENT"), (70, 0), (9, "$INSUNITS"), (70, 4))
        sketch.section("ENTITIES") { $0.rectangle(0, 0, 10, 10) }
        sketch.add((9, "$ACADVER"), (1, "AC1009"), (9, "$DWGCODEPAGE"), (3, "ANSI_1252"))
        let drawing = try Drawing(reading: sketch.bytes())
        #expect(drawing.units == .inch && drawing.measurement == 0 && drawing.version == "AC1015" && drawing.codepage == nil)
    }

    /// The same word in the bytes of its code page. UTF-8 is recognised without one, and with an unknown code page.
    @Test(arguments: [
        ("ANSI_1252", [0x55, 0x6D, 0x72, 0x69, 0xDF], "Umri\u{DF}"), ("ANSI_1250", [0xB9, 0xEA], "\u{105}\u{119}"),
        ("ANSI_1251", [0xD0, 0xE5, 0xE7], "\u{420}\u{435}\u{437}"), ("ansi_1253", [0xC1], "\u{391}"), ("dos850", [0x81], "\u{FC}"),
        ("ANSI_932", [0x90, 0xD8, 0x92, 0x66], "\u{5207}\u{65AD}"), ("gb2312", [0xC7, 0xD0, 0xB8, 0xEE], "\u{5207}\u{5272}"),
        ("ANSI_949", [0xC0, 0xFD], "\u{C808}"), ("MAC-ROMAN", [0x9F], "\u{FC}"), ("8859_2", [0xB1], "\u{105}"),
        ("ANSI_932", [0x41, 0x90], "A\u{FFFD}"), ("ANSI_1/../x", [0xFC], "\u{FC}"), ("klingon", [0xFC], "\u{FC}"),
        ("ANSI_1251", [0xC3, 0xBC, 0x2D, 0xC3, 0xBC], "\u{FC}-\u{FC}"),
    ])
    func namesFollowTheCodePage(page: String, bytes: [UInt8], text: String) throws {
        var sketch = Sketch()
        sketch.section("HEADER") { $0.add((9, "$ACADVER"), (1, "AC1015"), (9, "$DWGCODEPAGE"), (3, page)) }
        sketch.section("ENTITIES") { $0.line((0, 0), (1, 0), layer: "@") }
        let drawn = sketch.bytes().split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        let drawing = try Drawing(reading: Array(drawn.joined(separator: bytes)))
        #expect(try drawing.measure().layers.map(\.name) == [text])
        #expect(drawing.layers.map(\.name) == [text])
        for name in [text, text.lowercased()] { #expect(try drawing.measure(Measure.Options(layer: name)).lengthMM == 1) }
        #expect(try drawing.measure(Measure.Options(layer: "other")).lengthMM == 0)
    }

    /// The case of characters beyond ASCII is known only with their code page. In some of them the second byte of a character is in the
    /// ASCII range.
    @Test(arguments: [
        ("ANSI_932", [0x83, 0x41], [0x83, 0x61], false), ("ANSI_932", [0x83, 0x9F], [0x83, 0xBF], true),
        ("ANSI_1252", [0xC9, 0x54], [0xE9, 0x74], true), ("ANSI_1252", [0xDF], [0x53, 0x53], false), ("ANSI_1251", [0xC6], [0xE6], true),
        ("none", Array("\u{C9}TAGE".utf8), Array("\u{E9}tage".utf8), true), ("none", Array("\\U+00C9T".utf8), Array("\u{E9}t".utf8), true),
    ])
    func namesAreEqualInAnyCase(page: String, one: [UInt8], two: [UInt8], areEqual: Bool) throws {
        var sketch = Sketch()
        sketch.section("HEADER") { $0.add((9, "$DWGCODEPAGE"), (3, page)) }
        sketch.section("TABLES") { $0.add((0, "LAYER"), (2, "@"), (70, 1)) }
        sketch.section("BLOCKS") { $0.block("#") { $0.line((0, 0), (2, 0), layer: "@") } }
        sketch.section("ENTITIES") { out in
            out.line((0, 0), (1, 0), layer: "#")
            out.add((0, "INSERT"), (8, "0"), (6, "#"), (2, "@"), (10, 0), (20, 0))
        }
        let drawn = sketch.bytes().flatMap { $0 == UInt8(ascii: "@") ? one : $0 == UInt8(ascii: "#") ? two : [$0] }
        let drawing = try Drawing(reading: drawn)
        let measured = try drawing.measure()
        // The layer is frozen, and the block's name is that of the layer in another case.
        #expect(measured.hiddenLengthMM == (areEqual ? 3 : 0) && measured.lengthMM == (areEqual ? 0 : 1))
        #expect(measured.notes.contains { $0.kind == .blockMissing } == !areEqual)
        #expect(drawing.layers.count == (areEqual ? 2 : 3))
    }

    @Test func layersOfTheTablePrecedeThoseOfEntities() throws {
        var sketch = Sketch()
        sketch.section("TABLES") { $0.add((0, "LAYER"), (2, "Z"), (70, 0), (0, "LAYER"), (2, "Empty"), (70, 0)) }
        sketch.section("ENTITIES") { out in
            for layer in ["CUT", "z", "cut", "Bend"] { out.line((0, 0), (1, 0), layer: layer) }
            out.add((0, "TEXT"), (8, "0"), (1, "text"))
        }
        #expect(try Drawing(reading: sketch.bytes()).layers.map(\.name) == ["Z", "Empty", "CUT", "Bend"])
        #expect(try Drawing(reading: Sketch().bytes()).layers.isEmpty)
    }

    @Test func hiddenGeometryIsMeasuredOnlyOnRequest() throws {
        var sketch = Sketch()
        sketch.section("TABLES") {
            $0.add((0, "TABLE"), (2, "LAYER"))
            $0.add((0, "LAYER"), (2, "OFF"), (70, 0), (62, -3), (0, "LAYER"), (2, "FROZEN"), (70, 1), (62, 3), (0, "ENDTAB"))
        }
        sketch.section("ENTITIES") {
            $0.rectangle(0, 0, 10, 10)
            $0.circle(5, 5, 1, layer: "off")
            $0.circle(5, 5, 2, layer: "FROZEN")
            $0.add((0, "CIRCLE"), (8, "0"), (60, 1), (10, 5), (20, 5), (40, 3))
        }
        let drawing = try Drawing(reading: sketch.bytes())
        #expect(try drawing.measure().contourCount == 1)
        #expect(agree(try drawing.measure().hiddenLengthMM, 12 * .pi))
        #expect(try drawing.measure(Measure.Options(hidden: true)).contourCount == 4)
        #expect(try drawing.measure(Measure.Options(hidden: true, layer: "Off")).contourCount == 1)
    }

    @Test(arguments: [
        ("", "empty"), ("\u{89}PNG\r\n\u{1A}\n\0\0\0\rIHDR", "byte 0"), ("\u{7F}ELF\u{2}\u{1}\u{1}\0\0\0", "byte 0"),
        ("Dear Sir,\nplease find\n12\nparts\n", "line 1"), ("12\n34\nfive\nsix\n", "byte 6, line 3"),
        ("12\r34\rfive\rsix\r", "byte 6, line 3"), ("12\r\n34\r\nfive\r\nsix\r\n", "byte 8, line 3"), ("1\n2\r\n\rx\r", "byte 5, line 3"),
        ("1\n2\n3\n4\n5\n", "no section and no entity"), ("12", "no section and no entity"), ("0\nSECTION\n", "no section and no entity"),
    ]) func invalidDrawingsAreRefused(text: String, place: String) {
        let failure = #expect(throws: Failure.self) { try Drawing(reading: Array(text.unicodeScalars.map { UInt8($0.value) })) }
        #expect(failure?.kind == .input)
        #expect(failure?.message.contains(place) == true, "\(failure?.message ?? "")")
    }

    @Test func hostileDrawingsAreBounded() throws {
        var sketch = Sketch()
        sketch.section("BLOCKS") {
            $0.block("A") { $0.add((0, "INSERT"), (2, "B"), (10, 0), (20, 0)) }
            $0.block("B") {
                $0.add((0, "INSERT"), (2, "A"), (10, 0), (20, 0))
                $0.circle(0, 0, 1)
            }
        }
        sketch.section("ENTITIES") {
            $0.add((0, "INSERT"), (2, "A"), (10, 0), (20, 0))
            $0.line((0, 0), (1e308, 1e308))
            $0.add((0, "LINE"), (10, "nan"), (20, 0), (11, 1), (21, 1))
        }
        let measured = try sketch.measured()
        #expect(agree(measured.lengthMM, 2 * .pi))
        #expect(measured.notes.filter(\.isDamage).map(\.kind) == [.badNumber, .blockCycle])

        var array = Sketch()
        array.section("BLOCKS") { $0.block("A") { $0.circle(0, 0, 1) } }
        array.section("ENTITIES") { $0.add((0, "INSERT"), (2, "A"), (70, 32767), (71, 32767), (44, 1), (45, 1)) }
        #expect(throws: Failure.self) { try array.measured() }
    }

    /// Each number is valid when read, but not after blocks have multiplied it.
    @Test(arguments: [1, 2, 30]) func entitiesBlocksScaleTooFarAreLeftOut(depth: Int) throws {
        var sketch = Sketch()
        sketch.section("BLOCKS") { out in
            for level in 0..<depth {
                out.block("B\(level)") { $0.add((0, "INSERT"), (2, "B\(level + 1)"), (10, 1), (20, 1), (41, 1e15), (42, 1e15), (43, 1e15)) }
            }
            out.block("B\(depth)") { out in
                out.line((0, 0), (2, 1))
                out.circle(1, 1, 1)
                out.polyline([(0, 0, 0.5), (2, 0, 0), (1, 1, 0)], closed: true)
                out.add((0, "ELLIPSE"), (10, 0), (20, 0), (11, 1), (21, 1), (40, 0.5))
                out.add((0, "SPLINE"), (71, 2), (10, 0), (20, 0), (10, 1), (20, 5), (10, 2), (20, 0))
            }
        }
        sketch.section("ENTITIES") { out in
            out.add((0, "INSERT"), (2, "B0"), (10, 0), (20, 0))
            out.add((0, "ELLIPSE"), (10, 0), (20, 0), (11, 1e9), (21, 0), (40, 1e9))
            out.polyline([(0, 0, 1e12), (1e9, 0, 0)], closed: false)
            // A nearly straight arc has its centre further away, and is valid.
            out.polyline([(0, 0, 1e-12), (1e6, 0, 0)], closed: false)
        }
        let drawing = try Drawing(reading: sketch.bytes())
        let measured = try drawing.measure()
        #expect(agree(measured.lengthMM / 1e6, 1) && agree(measured.box.width / 1e6, 1))
        #expect(measured.notes.first { $0.kind == .badNumber }?.count == 7)
        _ = (drawing.check(measured), measured.outlines(), try drawing.svg(), try drawing.dxf(.r12))
    }

    @Test func anInsertWithoutANameDrawsNothing() throws {
        var sketch = Sketch()
        sketch.section("BLOCKS") { out in for name in ["B", "0"] { out.block(name) { $0.circle(0, 0, 1) } } }
        sketch.section("ENTITIES") {
            $0.add((0, "INSERT"), (8, "0"), (2, "B"), (10, 0), (20, 0))
            $0.add((0, "INSERT"), (8, "0"), (10, 50), (20, 0))
        }
        let measured = try sketch.measured()
        #expect(measured.contourCount == 1)
        #expect(measured.notes.first { $0.kind == .blockMissing }?.count == 1)
    }

    @Test func textsAreBounded() throws {
        let word = String(repeating: "x", count: 250)
        var sketch = Sketch()
        sketch.add((0, "TEXT"), (8, "0"), (1, "first"), (0, "MTEXT"), (8, "0"))
        for _ in 0..<1000 { sketch.add((3, word)) }
        sketch.add((1, "end"), (0, "TEXT"), (8, "0"), (1, "last"))
        let drawing = try Drawing(reading: sketch.bytes())
        #expect(drawing.texts.map(\.utf8.count) == [5, 65531] && drawing.entities == ["TEXT": 2, "MTEXT": 1])
        let shapes = (0..<300).map { _ in "<Shape Type=\"Text\" Str=\"\(word)\"/>" }.joined()
        let project = try Drawing(reading: Array("<LightBurnProject>\(shapes)</LightBurnProject>".utf8))
        #expect(project.texts.reduce(0) { $0 + $1.utf8.count } <= 65536)
    }

    @Test func textsAreDecoded() throws {
        var sketch = Sketch()
        sketch.add((0, "TEXT"), (8, "0"), (1, "Flansch \\U+00D8 20"), (0, "MTEXT"), (8, "0"), (3, "3 mm ste"), (1, "el"))
        let drawing = try Drawing(reading: sketch.bytes())
        #expect(drawing.texts == ["Flansch Ø 20", "3 mm steel"])
        #expect(drawing.entities == ["TEXT": 1, "MTEXT": 1])
    }
}
