import Values

/// Open cuts within an outline, of equal length and at regular distances: the slits of a living hinge, or the marks of a dial.
struct Slits {
    /// Slits of equal length, and others beside them in the same direction.
    struct Group {
        var places: [Int]
        var shortest, longest: Double
    }

    private(set) var groups: [Group] = []
    /// The place where the search for surrounding outlines stopped early.
    private(set) var end: Point?
    private var all: Set<Int> = []

    /// The minimum number of slits of a pattern.
    private static let leastAlike = 4
    /// The minimum number of slits of equal length for including others in their direction, such as those shortened at the edge of the
    /// pattern.
    private static let leastForOthers = 8

    /// - Parameters:
    ///   - open: the indices of open contours.
    ///   - contents: computed only if there are enough open contours.
    init(_ measured: Measurement, _ open: [Int], in contents: @autoclosure () -> PartContents) {
        guard open.count >= Self.leastAlike else { return }
        let contents = contents(), held = Set(contents.lines.lazy.filter { $0.around != nil }.map(\.contour))
        let loops = measured.contours.loops
        let inside = open.filter(held.contains).sorted { (loops[$0].length, $0) < (loops[$1].length, $1) }
        end = contents.end
        let tolerance = measured.toleranceMM / measured.mmPerUnit
        var rest: [Int] = [], from = 0
        while from < inside.count {
            let length = loops[inside[from]].length
            let end = inside[from...].firstIndex { loops[$0].length > 1.01 * length + 2 * tolerance } ?? inside.count
            if end - from >= Self.leastAlike, Self.areRegular(inside[from..<end], measured) {
                groups.append(Group(places: inside[from..<end].sorted(), shortest: length, longest: loops[inside[end - 1]].length))
            } else {
                rest += inside[from..<end]
            }
            from = end
        }
        takeIn(rest, measured)
        groups.sort { $0.places.count > $1.places.count }
        all = Set(groups.flatMap(\.places))
    }

    /// The maximum distance between neighbouring slits in multiples of their length, and the maximum ratio of most distances.
    private static let farthest = 10.0, uneven = 1.25

    /// Whether slits of equal length have chords of equal length and regular distances from their neighbours.
    private static func areRegular(_ places: ArraySlice<Int>, _ measured: Measurement) -> Bool {
        let ends = places.map { measured.ends(of: $0) }, chords = ends.map { ($0.1 - $0.0).length }
        guard let shortest = chords.min(), let longest = chords.max(), longest > 0, shortest >= 0.98 * longest else { return false }
        let near = Gaps.nearest(ends.map { ($0.0 + $0.1) * 0.5 }, within: farthest * longest).compactMap { $0 }.sorted()
        guard 10 * near.count >= 9 * places.count else { return false }
        return near[near.count * 9 / 10] <= uneven * near[near.count / 10]
    }

    func contains(_ place: Int) -> Bool { all.contains(place) }

    private mutating func takeIn(_ rest: [Int], _ measured: Measurement) {
        guard let largest = groups.indices.max(by: { groups[$0].places.count < groups[$1].places.count }),
            groups[largest].places.count >= Self.leastForOthers
        else { return }
        let (start, end) = measured.ends(of: groups[largest].places[0]), way = end - start
        for place in rest {
            let (a, b) = measured.ends(of: place), own = b - a
            guard abs(own.cross(way)) <= 0.01 * own.length * way.length else { continue }
            let length = measured.contours.loops[place].length
            groups[largest].places.append(place)
            groups[largest].shortest = min(groups[largest].shortest, length)
            groups[largest].longest = max(groups[largest].longest, length)
        }
    }
}

extension Checking {
    func slits(_ slits: Slits) {
        notChecked(slits.end.map { [$0] } ?? [], "the open contours are too deep in others: not all slits are told as such")
        for group in slits.groups {
            guard let first = group.places.first else { continue }
            let scale = measured.mmPerUnit, (short, long) = (shown(group.shortest * scale), shown(group.longest * scale))
            // Differences within the tolerance count as equal.
            let isOne = (group.longest - group.shortest) * scale <= 2 * measured.toleranceMM
            add(
                .note, .slits, measured.ends(of: first).0, group.longest * scale, edges: measured.edges(of: group.places),
                "\(group.places.count) slits of \(isOne ? long : "\(short) to \(long)") mm stand open within an outline: a living hinge? "
                    + "they are cut as they are drawn, with a pierce each")
        }
    }
}
