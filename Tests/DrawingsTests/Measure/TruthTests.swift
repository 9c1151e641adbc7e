import Drawings
import FoundationEssentials
import Testing
import Values

/// Real drawings, compared with the measurements of another program.
struct TruthTests {
    /// A line of `truth.jsonl`: lengths and areas in drawing units.
    struct Truth: Decodable {
        struct Layer: Decodable {
            let length: Double
            let contours: Int
            let closed: Int
            let hidden: Int
        }
        struct Visible: Decodable {
            let length, lengthCut, netArea: Double
            let contours, closed, open, outer, holes: Int
            let bbox: [Double]?
        }
        let path, loader: String
        let acadver: String?
        let insunits: Int?
        let mmPerUnit: Double?
        let tolStable: Bool?
        let entities, skipped, notes: [String: Int]?
        let length, lengthUnique, lengthCut, lengthOpen, dupLength, grossArea, netArea, overlapLength, minCircleD: Double?
        let bbox: [Double]?
        let tiny, dupSegments, dupEntities, dupContours, junctions, openEnds, nearGaps, contours, closed, open, pierces: Int?
        let selfCrossing, crossingPairs, outer, holes, maxDepth, circles, overlapSegments, noAreaLoops: Int?
        let layers: [String: Layer]?
        let visible: Visible?
    }

    /// The differences between a drawing's measurements and the truth.
    struct Comparison {
        var faults: [String] = []
        /// Whether touching loops were classified differently.
        var touching = false

        mutating func equal(_ name: String, _ ours: Int?, _ truth: Int?) {
            guard let truth else { return }
            if ours != truth { faults.append("\(name) \(ours.map(String.init) ?? "none") is not \(truth)") }
        }

        /// Compares counts by type. The program of the truth joined the columns of one MTEXT, which are separate entities in the file.
        mutating func equal(_ name: String, _ ours: [String: Int], _ truth: [String: Int]?) {
            guard let truth else { return }
            func plain(_ counts: [String: Int]) -> [String: Int] { counts.filter { $0.key != "MTEXT" } }
            if plain(ours) != plain(truth) { faults.append("\(name) \(ours) are not \(truth)") }
        }

        mutating func close(_ name: String, _ ours: Double, _ truth: Double?, slack: Double = 0) {
            guard let truth else { return }
            if !(abs(ours - truth) <= 1e-6 * abs(truth) + slack + 1e-9) { faults.append("\(name) \(ours) is not \(truth)") }
        }

        mutating func close(_ name: String, _ ours: Box, _ truth: [Double]?) {
            guard let truth else {
                if !ours.isEmpty { faults.append("\(name) is not empty") }
                return
            }
            let slack = 1e-6 * max(truth[2] - truth[0], truth[3] - truth[1])
            for (value, wanted) in zip([ours.min.x, ours.min.y, ours.max.x, ours.max.y], truth) {
                close(name, value, wanted, slack: slack)
            }
        }
    }

    static let exemptNotes: Set = ["spline_bad_knots", "spline_no_knots", "spline_degree_reduced", "spline_fit_only"]

    @Test(.sharedDrawings) func measurementsOfSharedDrawingsMatchTheTruth() throws {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        let lines = try Data(contentsOf: URL(filePath: SharedDrawings.truth)).split(separator: UInt8(ascii: "\n"))
        var (compared, exempt, touching, tally) = (0, 0, 0, [String: Int]())
        for line in lines {
            let truth = try decoder.decode(Truth.self, from: Data(line))
            let reasons = exemptions(truth)
            let bytes = [UInt8](try Data(contentsOf: URL(filePath: SharedDrawings.folder + "/" + truth.path)))
            if truth.loader == "fail" || !Self.exemptNotes.isDisjoint(with: truth.notes.map { Set($0.keys) } ?? []) {
                exempt += 1
                print("truth suite: exempt " + truth.path + ": " + reasons)
                // An exempt drawing must still be read or refused with a message.
                do { _ = try Drawing(reading: bytes).measure() } catch { #expect(error is Failure) }
                continue
            }
            compared += 1
            if !reasons.isEmpty { tally[reasons, default: 0] += 1 }
            let comparison = try compare(bytes, truth)
            #expect(comparison.faults.isEmpty, "\(truth.path): \(comparison.faults.joined(separator: "; "))")
            touching += comparison.touching ? 1 : 0
        }
        #expect(touching <= 6)
        #expect(compared > 0 && compared > exempt, "\(compared) compared, \(exempt) exempt")
        print("truth suite: \(compared) compared, \(exempt) exempt, in part exempt: \(tally); \(touching) touch otherwise")
    }

    private func exemptions(_ truth: Truth) -> String {
        var reasons: [String] = []
        if truth.loader == "fail" { reasons.append("no truth") }
        reasons += Self.exemptNotes.intersection(truth.notes.map { Set($0.keys) } ?? []).sorted()
        if truth.tolStable == false { reasons.append("counts depend on the tolerance") }
        if truth.selfCrossing ?? 0 > 0 || truth.crossingPairs ?? 0 > 0 { reasons.append("areas of crossing loops") }
        return reasons.joined(separator: ", ")
    }

    private func compare(_ bytes: [UInt8], _ truth: Truth) throws -> Comparison {
        let drawing = try Drawing(reading: bytes)
        // Drawings are compared in their own units; measurements are always in millimetres.
        let scale = truth.mmPerUnit ?? 1
        let measured = try drawing.measure(Measure.Options(hidden: true, allCut: true))
        var it = Comparison()
        if drawing.version != truth.acadver { it.faults.append("version \(drawing.version ?? "none")") }
        it.close("mm per unit", measured.mmPerUnit, scale)
        it.equal("entities", drawing.entities, truth.entities)
        it.equal("skipped", measured.skipped, truth.skipped)
        it.close("length", measured.lengthMM / scale, truth.length)
        it.close("unique length", (measured.lengthMM - measured.duplicateLengthMM) / scale, truth.lengthUnique)
        it.close("box", measured.box.isEmpty ? Box() : Box(measured.box, scale: 1 / scale), truth.bbox)
        counts(measured, truth, scale, &it)
        areas(measured, truth, scale, &it)
        layers(measured, truth, scale, &it)
        if let visible = truth.visible { try compare(drawing, visible, scale, &it) }
        return it
    }

    private func counts(_ measured: Measurement, _ truth: Truth, _ scale: Double, _ it: inout Comparison) {
        it.equal("tiny", measured.tiny, truth.tiny)
        guard truth.tolStable == true else { return }
        it.equal("contours", measured.contourCount, truth.contours)
        it.equal("closed", measured.closed, truth.closed)
        it.equal("open", measured.open, truth.open)
        it.equal("pierces", measured.pierces, truth.pierces)
        it.equal("duplicate segments", measured.duplicateSegments, truth.dupSegments)
        it.equal("duplicate entities", measured.duplicateEntities, truth.dupEntities)
        it.equal("duplicate contours", measured.duplicateContours, truth.dupContours)
        it.equal("junctions", measured.junctions, truth.junctions)
        it.equal("open ends", measured.openEnds, truth.openEnds)
        it.equal("near gaps", measured.nearGaps, truth.nearGaps)
        it.close("cut length", measured.cutLengthMM / scale, truth.lengthCut)
        it.close("open length", measured.openLengthMM / scale, truth.lengthOpen)
        it.equal("circles", measured.circles, truth.circles)
        it.close("least circle", (measured.minCircleDiameterMM ?? 0) / scale, truth.minCircleD)
        it.equal("overlaps", measured.overlapSegments, truth.overlapSegments)
        it.close("overlap length", (measured.overlapLengthMM ?? 0) / scale, truth.overlapLength, slack: 1e-6)
        it.equal("loops without area", measured.noAreaLoops, truth.noAreaLoops)
        // Whether touching loops also cross depends on the last bit. The differences are counted.
        it.touching = (truth.selfCrossing ?? 0) != measured.selfCrossing || (truth.crossingPairs ?? 0) != measured.crossingPairs
    }

    private func areas(_ measured: Measurement, _ truth: Truth, _ scale: Double, _ it: inout Comparison) {
        guard truth.selfCrossing == 0, truth.crossingPairs == 0 else { return }
        it.equal("outer", measured.outer, truth.outer)
        it.equal("holes", measured.holes, truth.holes)
        it.equal("depth", measured.contours.map(\.depth).max() ?? 0, truth.maxDepth)
        it.close("gross area", measured.grossAreaMM2 / scale / scale, truth.grossArea)
        it.close("net area", measured.netAreaMM2 / scale / scale, truth.netArea)
    }

    private func layers(_ measured: Measurement, _ truth: Truth, _ scale: Double, _ it: inout Comparison) {
        // In a file without a version the program of the truth lost the layers of splines. In R12 it did not decode escapes.
        let isLost = truth.acadver == nil && truth.entities?["SPLINE"] != nil
        for (name, wanted) in truth.layers ?? [:] where !isLost && !name.contains("\\U+") {
            guard let layer = measured.layers.first(where: { $0.name.lowercased() == name.lowercased() }) else {
                it.faults.append("layer \(name) is missing")
                continue
            }
            it.close("length of layer \(name)", layer.lengthMM / scale, wanted.length, slack: 1e-9)
            it.equal("hidden of layer \(name)", layer.hidden, wanted.hidden)
            guard truth.tolStable == true else { continue }
            it.equal("contours of layer \(name)", layer.contours, wanted.contours)
            it.equal("closed of layer \(name)", layer.closed, wanted.closed)
        }
    }

    private func compare(_ drawing: Drawing, _ truth: Truth.Visible, _ scale: Double, _ it: inout Comparison) throws {
        let measured = try drawing.measure(Measure.Options(allCut: true))
        it.close("visible length", measured.lengthMM / scale, truth.length)
        it.close("visible cut length", measured.cutLengthMM / scale, truth.lengthCut)
        it.close("visible box", Box(measured.box, scale: 1 / scale), truth.bbox)
        it.equal("visible contours", measured.contourCount, truth.contours)
        it.equal("visible closed", measured.closed, truth.closed)
        it.equal("visible open", measured.open, truth.open)
    }
}

extension Box {
    /// The box converted to another unit.
    init(_ box: Box, scale: Double) {
        self.init()
        min = Point(box.min.x * scale, box.min.y * scale)
        max = Point(box.max.x * scale, box.max.y * scale)
    }
}
