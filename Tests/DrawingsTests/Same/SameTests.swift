import Testing

@testable import Drawings

/// Equal parts are found among nearly equal ones.
struct SameTests {
    /// 200 drawings of parts and near twins of them, each written in the manner of several programs.
    private func seeded(_ seed: UInt64) throws -> [(part: Int, figure: Drawings.Figure)] {
        var random = Seeded(seed)
        var drawings: [(part: Int, figure: Drawings.Figure)] = []
        var number = 0
        while drawings.count < 200 {
            let part = GeneratedPart(&random)
            for version in random.isTrue() ? [part, part.twin(&random)] : [part] {
                for _ in 0..<random.whole(1...5) where drawings.count < 200 {
                    var export = ReExport(random.next())
                    drawings.append((number, try export.drawing(version).measure().figure))
                }
                number += 1
            }
        }
        return drawings.shuffled(using: &random)
    }

    @Test func equalPartsAreGrouped() throws {
        let drawings = try seeded(20_260_823)
        var same = SameParts(withinMM: 0.02)
        let groups = drawings.map { same.add($0.figure).group }
        var (right, wrong, missed) = (0, 0, 0)
        for a in drawings.indices {
            for b in drawings.indices where b > a {
                switch (drawings[a].part == drawings[b].part, groups[a] == groups[b]) {
                case (true, true): right += 1
                case (false, true): wrong += 1
                case (true, false): missed += 1
                case (false, false): break
                }
            }
        }
        print("equal parts: \(right) pairs found, \(wrong) wrong, \(missed) missed")
        #expect(right > 150)
        #expect(wrong == 0 && missed == 0)
    }

    @Test func keysOfEqualPartsIncludeNeighbouringBins() throws {
        for (seed, figure) in try seeded(7).prefix(60).map(\.figure).enumerated() {
            var random = Seeded(UInt64(seed))
            let map = Rigid(mirrored: random.isTrue(), turn: random.real(0, 6), shift: Point(random.real(-900, 900), 5))
            let moved = figure.mapped(map)
            #expect(moved.fingerprint.keys(withinMM: 0.02).contains(figure.fingerprint.key))
        }
        var moments = LineMoments(origin: .zero)
        let geometry = Geometry()
        moments.add(Segment(line: Point(0, 0), Point(100, 0)), geometry, scale: 1)
        for step in 0..<2000 {
            // Lengths over a range of scales, each with a second one that differs by rounding.
            let scale = 1 + Double(step) * 1e-4
            var (a, b) = (LineMoments(origin: .zero), LineMoments(origin: .zero))
            a.add(Segment(line: Point(0, 0), Point(100, 30)), geometry, scale: scale)
            b.add(Segment(line: Point(0, 0), Point(100, 30.004)), geometry, scale: scale)
            let (one, other) = (Fingerprint(a), Fingerprint(b))
            #expect(other.keys(withinMM: 0.02).contains(one.key) && one.keys(withinMM: 0.02).contains(other.key))
        }
    }

    @Test func mapsHaveInverses() {
        for isMirrored in [false, true] {
            let map = Rigid(mirrored: isMirrored, turn: 1.1, shift: Point(4, -9))
            let p = Point(3, 7)
            #expect(map.inverse(map(p)).isWithin(1e-12, of: p))
            #expect(Rigid(mirrored: isMirrored, turn: 2, taking: p, to: Point(1, 1))(p).isWithin(1e-12, of: Point(1, 1)))
        }
    }

    @Test func theRotationOfManyEqualHolesIsFound() throws {
        // A hundred and twenty holes in a ring, one of them slightly larger: only one rotation is correct.
        func ring(_ angle: Double) throws -> Drawings.Figure {
            var sketch = Sketch()
            sketch.section("ENTITIES") { out in
                out.circle(0, 0, 300)
                for hole in 0..<120 {
                    let way = Rigid(mirrored: false, turn: angle + Double(hole) * .pi / 60, shift: .zero)(Point(200, 0))
                    out.circle(way.x, way.y, hole == 7 ? 3.2 : 3)
                }
            }
            return try sketch.measured().figure
        }
        let fit = try #require(try ring(0).fit(onto: ring(1), withinMM: 0.02))
        #expect(abs(fit.turn - 1) < 1e-4)
    }
}
