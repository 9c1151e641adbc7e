import Testing
import Values

@testable import Drawings

/// The memory for a comparison is estimated before it is allocated.
@Suite struct ComparisonSizeTests {
    private static func circles(_ count: Int, radius: Double) throws -> Measurement {
        var text = "0\nSECTION\n2\nENTITIES\n"
        for i in 0..<count { text += "0\nCIRCLE\n8\n0\n10\n\(Double(i) * radius * 3)\n20\n0\n40\n\(radius + Double(i))\n" }
        return try Drawing(reading: Array((text + "0\nENDSEC\n0\nEOF\n").utf8)).measure()
    }

    /// A circle is four arcs whatever its size, and its paths are computed on demand.
    @Test func circlesAreFourArcs() throws {
        for (count, radius) in [(1, 10.0), (30, 10.0), (5, 2000.0)] {
            let figure = try Self.circles(count, radius: radius).figure
            #expect(figure.paths.reduce(0) { $0 + $1.pieceCount } == 4 * count)
        }
    }

    @Test func comparisonsOfTooMuchMemoryAreRefused() throws {
        let measured = try Self.circles(40, radius: 2000)
        var one = ComparisonSize()
        one.addWhole(measured)
        var all = ComparisonSize(), added = 0
        while all.fits {
            all.add(one)
            added += 1
        }
        #expect(added > 100)
        let failure = #expect(throws: Failure.self) { try all.demandRoom() }
        #expect(failure?.kind == .input && failure?.message.contains("GB of memory, more than 4 GB") == true)
        #expect(throws: Never.self) { try one.demandRoom() }
        var contours = ComparisonSize()
        contours.addContours(measured)
        #expect(throws: Never.self) { try contours.demandRoom() }
    }
}
