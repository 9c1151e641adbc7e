import Testing

@testable import Drawings

/// The tree of boxes against every box in turn.
@Suite struct BoxIndexTests {
    private static let sizes = [0, 1, 2, 7, 8, 9, 63, 64, 65, 400, 1000]

    /// Boxes and points, some of them twice in the same place.
    private func boxes(_ count: Int, _ random: inout Seeded) -> [Box] {
        var boxes: [Box] = []
        for _ in 0..<count {
            if let twin = boxes.randomElement(using: &random), Int.random(in: 0..<5, using: &random) == 0 {
                boxes.append(twin)
                continue
            }
            let corner = Point(random.real(0, 100), random.real(0, 100)), isPoint = Bool.random(using: &random)
            boxes.append(Box(corner, isPoint ? corner : corner + Point(random.real(0, 9), random.real(0, 9))))
        }
        return boxes
    }

    @Test(arguments: sizes) func itemsThatMeetABox(count: Int) {
        var random = Seeded(UInt64(count))
        let boxes = boxes(count, &random), index = BoxIndex(boxes)
        #expect(index.brokenInvariant == nil)
        for _ in 0..<20 {
            let corner = Point(random.real(-10, 100), random.real(-10, 100)), box = Box(corner, corner + Point(20, 20))
            var found: [Int] = []
            index.visit(box) { item in
                found.append(item)
                return true
            }
            #expect(found.sorted() == boxes.indices.filter { boxes[$0].meets(box) })
            var visited = 0
            let isWhole = index.visit(box) { _ in
                visited += 1
                return visited < 2
            }
            #expect(visited == min(found.count, 2) && isWhole == (found.count < 2))
        }
        var pairs: Set<[Int]> = [], met = 0
        _ = index.eachPair { one, other in
            pairs.insert([min(one, other), max(one, other)])
            met += 1
            return true
        }
        let all = boxes.indices.reduce(0) { sum, one in sum + boxes[..<one].count { $0.meets(boxes[one]) } }
        #expect(pairs.count == all && met == all)
    }

    /// The nearest present items by the distance that the caller computes, which can exceed that of their boxes.
    @Test(arguments: sizes) func nearestItems(count: Int) {
        var random = Seeded(UInt64(count) + 1)
        let boxes = boxes(count, &random), middles = boxes.map(\.center)
        var index = SparseIndex(BoxIndex(boxes), isFull: true), isPresent = [Bool](repeating: true, count: count)
        for item in boxes.indices where Bool.random(using: &random) {
            index.remove(item)
            isPresent[item] = false
        }
        #expect(index.brokenInvariant == nil)
        for most in [1, 3, 8] {
            for _ in 0..<10 {
                let place = Point(random.real(-20, 120), random.real(-20, 120)), reach = random.real(1, 60)
                let byBox = boxes.indices.filter { isPresent[$0] && $0 % 3 > 0 }.map { (boxes[$0].distance(to: place), $0) }.sorted(by: <)
                #expect(index.nearest(most, to: place) { $0 % 3 > 0 } == byBox.prefix(most).map(\.1))
                var search = NearestSearch(place: place, most: most, within: reach)
                search.run(index.index) { item, distance in
                    #expect(distance == boxes[item].distance(to: place))
                    return (middles[item] - place).length
                }
                let byMiddle = boxes.indices.map { ((middles[$0] - place).length, $0) }.filter { $0.0 <= reach }.sorted(by: <)
                #expect(search.found.map(\.item) == byMiddle.prefix(most).map(\.1))
                #expect(search.found.map(\.distance) == byMiddle.prefix(most).map(\.0))
            }
        }
    }

    /// Items at the same distance are found by number, also if the square of the distance is not exact.
    @Test func itemsAtTheSameDistanceAreFoundByNumber() {
        var random = Seeded(77)
        for _ in 0..<500 {
            let way = Point(random.real(0.1, 10), random.real(0.1, 10)), index = BoxIndex([Box(way, way), Box(way * -1, way * -1)])
            var search = NearestSearch(place: Point(0, 0))
            search.run(index) { _, distance in distance }
            #expect(search.found.map(\.item) == [0])
        }
    }

    /// Ends that lie in one place are as far from each other as that says, and are not compared each with each.
    @Test func gapsOfManyEndsInOnePlace() {
        let ends = (0..<60_000).map { Point(Double($0 / 20_000), 0) } + [Point(9, 0), Point(9.5, 0), Point(20, 0)]
        let gaps = Gaps.nearest(ends, within: 1)
        #expect(gaps.dropLast(3).allSatisfy { $0 == 0 } && gaps.suffix(3) == [0.5, 0.5, nil])
    }
}
