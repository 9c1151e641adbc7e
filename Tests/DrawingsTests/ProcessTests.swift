import Drawings
import Testing

struct ProcessTests {
    private func styles(_ sketch: Sketch, _ rules: String? = nil) throws -> [StyleMeasure] {
        let rules = try rules.map { try #require(Processes(reading: $0)) } ?? .standard
        return try sketch.measured(Measure.Options(rules: rules)).styles
    }

    @Test(arguments: [
        ("BEND_UP", Process.bend), ("part bend lines", .bend), ("Sketch", .cut), ("ETCH", .engrave), ("text_etched", .engrave),
        ("Center Lines", .centre), ("CENTRE_HOLE", .cut), ("Defpoints", .ignore), ("DIM", .ignore), ("DIMPLES", .cut), ("marking", .mark),
        ("BENCHMARK", .cut), ("0", .cut),
    ]) func layersAreToldByTheirNames(name: String, process: Process) throws {
        var sketch = Sketch()
        sketch.circle(0, 0, 1, layer: name)
        #expect(try styles(sketch).map(\.process) == [process])
    }

    @Test func theFirstRuleThatFitsHolds() throws {
        var sketch = Sketch()
        sketch.line((0, 0), (10, 0), layer: "A1")
        sketch.line((0, 5), (10, 5), layer: "A12")
        sketch.add((0, "LINE"), (8, "A1"), (62, 5), (10, 0), (20, 9), (11, 10), (21, 9))
        let found = try styles(sketch, "layer:a?=bend, colour:5=mark, layer:a*2=ignore")
        #expect(found.map(\.process) == [.bend, .ignore, .bend])
        #expect(try styles(sketch, "colour:5=mark,layer:a?=bend").map(\.process) == [.bend, .cut, .mark])
        #expect(found.map(\.color) == [7, 7, 5] && found.map(\.lengthMM) == [10, 10, 10])
    }

    @Test(arguments: ["layer:A", "layer=A:cut", "shape:A=cut", "layer:A=saw", "colour:red=cut", "colour:256=cut", "layer:=cut"])
    func whatIsNoRuleIsRefused(text: String) { #expect(Processes(reading: text) == nil) }

    @Test func rulesAreWrittenAsTheyAreRead() {
        #expect(Processes(reading: "standard") == .standard && Processes.standard.text == "standard")
        #expect(Processes(reading: Processes.standardText)?.text == Processes.standardText.filter { $0 != " " })
        #expect(Processes(reading: "layer:MARKET=cut , Standard")?.text == "layer:MARKET=cut,standard")
        #expect(Processes(reading: "color:5=mark")?.text == "colour:5=mark" && Processes(reading: "")?.text.isEmpty == true)
    }

    /// BYLAYER takes the layer's, BYBLOCK the insert's, and layer 0 in a block is the layer of the insert.
    @Test func lineTypesAndColoursAreFollowed() throws {
        var sketch = Sketch()
        sketch.section("TABLES") {
            $0.add((0, "LAYER"), (2, "AXES"), (70, 0), (62, 3), (6, "CENTER2"))
            $0.add((0, "LAYER"), (2, "PLAIN"), (70, 0), (62, 1), (6, "CONTINUOUS"))
        }
        sketch.section("BLOCKS") {
            $0.block("A") {
                $0.add((0, "LINE"), (8, "0"), (6, "BYBLOCK"), (62, 0), (10, 0), (20, 0), (11, 10), (21, 0))
                $0.add((0, "LINE"), (8, "PLAIN"), (10, 0), (20, 1), (11, 10), (21, 1))
            }
        }
        sketch.section("ENTITIES") {
            $0.add((0, "INSERT"), (8, "PLAIN"), (6, "PHANTOM"), (62, 6), (2, "A"), (10, 0), (20, 0))
            $0.add((0, "INSERT"), (8, "AXES"), (2, "A"), (10, 0), (20, 20))
            $0.add((0, "LINE"), (8, "AXES"), (6, "BYLAYER"), (420, 0x10FE20), (10, 0), (20, 40), (11, 10), (21, 40))
        }
        let found = try styles(sketch)
        #expect(found.map(\.lineType) == ["PHANTOM", "CONTINUOUS", "CENTER2"])
        #expect(found.map(\.color) == [6, 1, 3])
        #expect(found.map(\.process) == [.centre, .cut, .centre])
        #expect(found.map(\.lengthMM) == [10, 20, 20])
    }

    @Test func onlyWhatIsCutIsMeasuredWhereItIsAskedFor() throws {
        var sketch = Sketch()
        sketch.rectangle(0, 0, 100, 50)
        sketch.line((-20, 25), (120, 25), layer: "CENTERLINE")
        let whole = try sketch.measured()
        #expect(whole.lengthMM == 440 && whole.open == 1 && whole.processes.map(\.process) == [.cut, .centre])
        #expect(whole.processes.map(\.lengthMM) == [300, 140] && whole.processes.map(\.closed) == [1, 0])
        let cut = try sketch.measured(Measure.Options(process: .cut))
        #expect(cut.lengthMM == 300 && cut.open == 0 && cut.box.width == 100)
        #expect(cut.passed.map(\.process) == [.centre] && cut.passed.map(\.lengthMM) == [140])
    }
}
