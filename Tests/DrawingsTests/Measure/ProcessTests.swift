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
    ]) func layerNamesDetermineTheProcess(name: String, process: Process) throws {
        var sketch = Sketch()
        sketch.circle(0, 0, 1, layer: name)
        #expect(try styles(sketch).map(\.process) == [process])
    }

    /// Layers of the flat patterns of Inventor, Solid Edge, Onshape, Fusion and SolidWorks.
    @Test(arguments: [
        ("IV_OUTER_PROFILE", Process.cut), ("IV_INTERIOR_PROFILES", .cut), ("IV_BEND_DOWN", .bend), ("IV_TANGENT", .ignore),
        ("IV_ROLL", .bend), ("IV_ROLL_TANGENT", .ignore), ("IV_TOOL_CENTER_DOWN", .centre), ("IV_ARC_CENTERS", .centre),
        ("IV_UNCONSUMED_SKETCHES", .ignore), ("IV_UNCONSUMED_SKETCH_CONSTRUCTION", .ignore), ("IV_ALTREP_FRONT", .ignore),
        ("OUTER_LOOP", .cut), ("INTERIOR_LOOPS", .cut), ("UP_CENTERLINES", .bend), ("Down_CenterLines", .bend),
        ("SHEETMETAL_BEND_LINES_UP", .bend), ("SHEETMETAL_BEND_TANGENT_LI", .ignore), ("BEND_EXTENT", .ignore), ("OUTER_PROFILES", .cut),
        ("BENDLINES-UP", .bend), ("Bounding Box", .ignore), ("Tangent Edges", .ignore),
    ]) func layersOfFlatPatternsHaveTheirProcess(name: String, process: Process) throws {
        var sketch = Sketch()
        sketch.circle(0, 0, 1, layer: name)
        #expect(try styles(sketch).map(\.process) == [process])
    }

    @Test(arguments: [
        ("Biegelinien", Process.bend), ("0_Abkantung", .bend), ("Körnen", .mark), ("MITTELLINIE", .centre), ("Bemaßung", .ignore),
        ("Ligne de pli 2", .bend), ("Gravure", .engrave), ("axes", .centre), ("Cotation", .ignore), ("Linee di piega", .bend),
        ("Incisione", .engrave), ("assi", .centre), ("Quotatura", .ignore), ("LINEAS DE PLEGADO", .bend), ("Doblez", .bend),
        ("grabado láser", .engrave), ("Ejes", .centre), ("Cotas", .ignore), ("Linhas de dobra", .bend), ("Gravação", .engrave),
        ("Eixos", .centre), ("Buiglijnen", .bend), ("zetlijn", .bend), ("Graveren", .engrave), ("Hartlijnen", .centre),
        ("Hulplijn", .ignore),
        ("Buiglyne", .bend), ("VOULYN", .bend), ("Graveerwerk", .engrave), ("Hartlyn", .centre), ("Konstruksielyne", .ignore),
        ("Linea di cordonatura", .bend), ("Mittelpunkte", .centre), ("Dimensões", .ignore), ("Verborgen lijnen", .ignore),
        ("Linie gięcia", .bend), ("GIECIE", .bend), ("grawerowanie", .engrave), ("Osie", .centre), ("Wymiary", .ignore),
        // Names that only begin or end like these words, and names of parts and of cut lines.
        ("Aussenkante", .cut), ("Innenkontur", .cut), ("Pliers", .cut), ("AXE HEAD", .cut), ("Decoupe", .cut),
        ("coupe lazer Marquers", .cut),
        ("Corte", .cut), ("Taglio", .cut), ("Snijlijn", .cut), ("Snylyn", .cut), ("Ciecie", .cut), ("Contorno", .cut), ("tracé", .cut),
        ("Hiddensee", .cut), ("Scoreboard", .cut), ("Hole pattern", .cut), ("Quotes", .cut), ("Cotter pin", .cut),
    ]) func wordsOfOtherLanguagesDetermineTheProcess(name: String, process: Process) throws {
        var sketch = Sketch()
        sketch.add((0, "SECTION"), (2, "HEADER"), (9, "$ACADVER"), (1, "AC1021"), (0, "ENDSEC"), (0, "SECTION"), (2, "ENTITIES"))
        sketch.circle(0, 0, 1, layer: name)
        sketch.add((0, "ENDSEC"))
        #expect(try styles(sketch).map(\.process) == [process])
    }

    @Test(arguments: [
        ("DASHED", Process.bend), ("dashed2", .bend), ("ACAD_ISO02W100", .bend), ("ACAD_ISO03W100", .bend), ("STRICHLINIE2", .bend),
        ("DASHDOT", .centre), ("LONG_DASHED_DOTTED", .centre), ("ACAD_ISO04W100", .centre), ("ACAD_ISO10W100", .centre), ("MITTE", .centre),
        ("HIDDEN2", .ignore), ("DOT", .ignore), ("ACAD_ISO07W100", .ignore), ("CONTINUOUS", .cut), ("ZIGZAG", .cut), ("KRESKOWA", .bend),
    ]) func lineTypesDetermineTheProcess(name: String, process: Process) throws {
        var sketch = Sketch()
        sketch.add((0, "LINE"), (8, "0"), (6, name), (10, 0), (20, 0), (11, 9), (21, 0))
        #expect(try styles(sketch).map(\.process) == [process])
    }

    /// boxes.py writes DXF with pstoedit, on one layer, with green for etching. With any other header, with a rule, or if everything is
    /// cut, green is cut.
    @Test func greenIsEtchedInDrawingsOfBoxesPy() throws {
        func drawn(_ names: [String], rules: String = "standard", allCut: Bool = false) throws -> (engraved: Double, notes: [String]) {
            var sketch = Sketch()
            sketch.add((0, "SECTION"), (2, "HEADER"))
            for name in names { sketch.add((9, name), (70, "0")) }
            sketch.add((0, "ENDSEC"), (0, "SECTION"), (2, "TABLES"), (0, "LAYER"), (2, "0"), (70, "0"), (62, "7"), (0, "ENDSEC"))
            sketch.add((0, "SECTION"), (2, "ENTITIES"))
            sketch.add((0, "LINE"), (8, "0"), (62, "3"), (10, 0), (20, 0), (11, 9), (21, 0))
            sketch.add((0, "LINE"), (8, "0"), (62, "5"), (10, 0), (20, 5), (11, 4), (21, 5), (0, "ENDSEC"))
            let rules = try #require(Processes(reading: rules))
            let measured = try sketch.measured(Measure.Options(rules: rules, allCut: allCut))
            let engraved = measured.processes.first { $0.process == .engrave }?.lengthMM ?? 0
            return (engraved, measured.notes.map(\.kind.rawValue))
        }
        let header = ["$ACADVER", "$FILLMODE", "$SPLFRAME", "$EXTMIN", "$EXTMAX"]
        let etched = try drawn(header)
        #expect(etched.engraved == 9 && etched.notes.contains("etched-by-colour"))
        for other in [header + ["$INSUNITS"], Array(header.dropLast()), []] {
            let plain = try drawn(other)
            #expect(plain.engraved == 0 && !plain.notes.contains("etched-by-colour"), "\(other)")
        }
        #expect(try drawn(header, rules: "colour:3=cut,standard").engraved == 0)
        #expect(try drawn(header, allCut: true).engraved == 0)
    }

    /// Cut length and pierces are those that a price is based on, for an outline with a bend line across it and a centre line along it.
    @Test func cutLengthAndPiercesCountOnlyCutLines() throws {
        var sketch = Sketch()
        sketch.rectangle(0, 0, 100, 50)
        sketch.line((0, 25), (100, 25), layer: "BEND")
        sketch.line((0, 0), (0, 50), layer: "CENTERLINE")
        sketch.circle(50, 40, 5)
        sketch.circle(50, 40, 5)
        let circle = 10 * Double.pi, drawn = try sketch.measured(), cut = try sketch.measured(Measure.Options(process: .cut))
        #expect(agree(drawn.cutLengthMM, 300 + circle) && drawn.pierces == 2 && drawn.contourCount == 4)
        #expect(drawn.cutLengthMM == cut.cutLengthMM && drawn.pierces == cut.pierces)
        let all = try sketch.measured(Measure.Options(allCut: true))
        #expect(agree(all.cutLengthMM, 450 + circle) && all.pierces == 4 && all.processes.map(\.process) == [.cut])
        // The hole again, as two half circles: it is cut and pierced once.
        sketch.polyline([(45, 40, 1), (55, 40, 1)], closed: true)
        let again = try sketch.measured()
        #expect(agree(again.cutLengthMM, 300 + circle) && again.pierces == 2)
        var bends = Sketch()
        bends.line((0, 0), (9, 0), layer: "BEND")
        #expect(try bends.measured().pierces == 0 && bends.measured().cutLengthMM == 0)
        #expect(try bends.measured(Measure.Options(process: .bend)).cutLengthMM == 9)
    }

    /// Random lines of several processes, many of them repeated on another layer: cut length and pierces of the whole drawing are those of
    /// the cut lines alone.
    @Test func cutLengthDoesNotDependOnOtherProcesses() throws {
        for seed in 0..<40 {
            var dice = Dice(seed), sketch = Sketch()
            let layers = ["CUT", "BEND", "0", "MARKING"]
            for _ in 0..<30 {
                let (x, y) = (dice.real(0, 6).rounded() * 10, dice.real(0, 6).rounded() * 10), layer = layers[Int(dice.real(0, 3.999))]
                switch Int(dice.real(0, 2.999)) {
                case 0: sketch.line((x, y), (x + 10, y), layer: layer)
                case 1: sketch.rectangle(x, y, 10, 10, layer: layer)
                default: sketch.line((x, y), (x, y + (seed % 2 == 0 ? 10 : 0.02)), layer: layer)
                }
            }
            let all = try sketch.measured(), cut = try sketch.measured(Measure.Options(process: .cut))
            #expect(agree(all.cutLengthMM, cut.cutLengthMM) && all.pierces == cut.pierces, "\(seed)")
        }
    }

    @Test func aWordIsARunOfLetters() throws {
        var sketch = Sketch()
        for name in ["a-pli-2", "pli", "pliant", "PLI2"] { sketch.circle(0, 0, 1, layer: name) }
        #expect(try styles(sketch, "word:pli=bend").map(\.process) == [.bend, .bend, .cut, .bend])
    }

    @Test func theFirstMatchingRuleApplies() throws {
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
    func invalidRulesAreRefused(text: String) { #expect(Processes(reading: text) == nil) }

    @Test func rulesAreWrittenAsTheyAreRead() {
        #expect(Processes(reading: "standard") == .standard && Processes.standard.text == "standard")
        for rule in Processes.standardRules { #expect(Processes(reading: rule)?.text == rule) }
        #expect(Set(Processes.standardRules).count == Processes.standardRules.count)
        #expect(Processes(reading: "layer:MARKET=cut , Standard")?.text == "layer:MARKET=cut,standard")
        #expect(Processes(reading: "color:5=mark")?.text == "colour:5=mark" && Processes(reading: "")?.text.isEmpty == true)
    }

    /// BYLAYER is resolved to the layer's style, BYBLOCK to that of the insert, and layer 0 in a block to the layer of the insert.
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

    @Test func aSingleProcessCanBeMeasured() throws {
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
