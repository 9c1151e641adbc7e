import Drawings
import Testing

/// A thousand generated drawings, compared with closed formulas.
struct GeneratedTests {
    private func compare(_ measured: Measurement, _ expected: Expected, _ scale: Double, _ seed: Int) {
        func close(_ a: Double, _ b: Double) -> Bool { abs(a - b) <= 1e-9 * max(abs(b), 1e-9) }
        #expect(close(measured.lengthMM, expected.length * scale), "length of \(seed): \(measured.lengthMM) \(expected.length * scale)")
        #expect(close(measured.cutLengthMM, expected.length * scale), "cut length of \(seed)")
        #expect(close(measured.netAreaMM2, expected.net * scale * scale), "net area of \(seed): \(measured.netAreaMM2) \(expected.net)")
        #expect(close(measured.grossAreaMM2, expected.gross * scale * scale), "gross area of \(seed)")
        #expect(measured.pierces == expected.closed + expected.open, "pierces of \(seed)")
        #expect(measured.closed == expected.closed && measured.open == expected.open, "contours of \(seed)")
        #expect(measured.outer == expected.outer && measured.holes == expected.holes, "nesting of \(seed)")
        #expect(measured.skipped == expected.skipped, "skipped of \(seed)")
        #expect(measured.duplicateSegments == 0 && measured.tiny == 0 && measured.crossingPairs == 0 && measured.selfCrossing == 0)
    }

    @Test(arguments: 0..<16) func measurementsOfDrawingsMatchTheFormulas(part: Int) throws {
        for seed in part * 53..<part * 53 + 53 {
            let made = GeneratedDrawing(seed: seed)
            let drawing = try Drawing(reading: made.bytes)
            let measured = try drawing.measure()
            #expect(agree(measured.mmPerUnit, made.mmPerUnit))
            compare(measured, made.expected, made.mmPerUnit, seed)
            let all = drawing.check(measured)
            // A drawing with tilted blocks is only reported as not flat. Others have several heights or distant parts at random.
            if all.contains(where: { $0.kind == .notFlat && $0.severity == .error }) { continue }
            let defects = all.filter { $0.severity != .note && $0.kind != .notFlat && $0.kind != .stray }
            #expect(
                defects.map(\.kind) == [Defect.Kind](repeating: .openContour, count: made.expected.open), "faults of \(seed): \(defects)")
        }
    }

    @Test(arguments: 0..<4) func measurementsOfProjectsMatchTheFormulas(part: Int) throws {
        for seed in part * 50..<part * 50 + 50 {
            let made = GeneratedProject(seed: seed)
            let drawing = try Drawing(reading: made.bytes)
            let measured = try drawing.measure()
            compare(measured, made.expected, 1, seed)
            #expect(drawing.check(measured).allSatisfy { $0.severity == .note }, "faults of \(seed)")
        }
    }
}
