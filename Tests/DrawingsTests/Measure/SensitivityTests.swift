import Drawings
import FoundationEssentials
import Testing

struct SensitivityTests {
    @Test func gapsCloseWithGrowingTolerance() throws {
        var sketch = Sketch()
        sketch.polyline([(0, 0, 0), (40, 0, 0), (40, 40, 0), (0, 0.3, 0)], closed: false)
        sketch.line((100, 0), (110, 0))
        sketch.line((110, 0.05), (105, 10))
        sketch.line((105, 10), (100, 0))
        let found = try sketch.measured().sensitivity()
        #expect(found.map(\.toleranceMM) == [0, 0.001, 0.01, 0.1, 0.5])
        #expect(found.map(\.contours) == [2, 2, 2, 2, 2] && found.map(\.open) == [2, 2, 2, 1, 0])
    }

    /// A tolerance of 0 finds exact duplicates in any number, and joins ends with equal coordinates.
    @Test func toleranceZeroJoinsEqualPlaces() throws {
        var sketch = Sketch()
        for _ in 0..<2 {
            for number in 0..<2000 { sketch.line((Double(number) * 2 + 7, 3), (Double(number) * 2 + 8, 3)) }
        }
        sketch.line((0, -1), (5, -1))
        sketch.line((5, -1), (-0.0, -2))
        sketch.line((0, -2), (0, -1))
        let measured = try sketch.measured(Measure.Options(toleranceMM: 0))
        #expect(measured.duplicateSegments == 2000 && measured.contourCount == 2001 && measured.closed == 1)
    }

    private struct Truth: Decodable {
        let path, loader: String
        let tolStable: Bool?
        let notes: [String: Int]?
        let tolSweepMm: [String: [Int]]?
    }

    @Test(.sharedDrawings) func contoursOfSharedDrawingsMatchTheTruth() throws {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        var (compared, unstable) = (0, 0)
        for line in try Data(contentsOf: URL(filePath: SharedDrawings.truth)).split(separator: UInt8(ascii: "\n")) {
            let truth = try decoder.decode(Truth.self, from: Data(line))
            guard let sweep = truth.tolSweepMm, TruthTests.exemptNotes.isDisjoint(with: truth.notes.map { Set($0.keys) } ?? []) else {
                continue
            }
            let bytes = [UInt8](try Data(contentsOf: URL(filePath: SharedDrawings.folder + "/" + truth.path)))
            let found = try Drawing(reading: bytes).measure(Measure.Options(hidden: true)).sensitivity()
            let wanted = sweep.sorted { (Double($0.key) ?? 0) < (Double($1.key) ?? 0) }.map(\.value)
            compared += 1
            guard found.map({ [$0.contours, $0.open] }) != wanted else { continue }
            // If the counts depend on the last digit of the tolerance they can differ.
            #expect(truth.tolStable == false, "\(truth.path): \(found) is not \(wanted)")
            unstable += 1
        }
        #expect(unstable <= 1)
        #expect(compared > 0)
        print("sensitivity: \(compared) compared, \(unstable) differ where the tolerance decides")
    }
}
