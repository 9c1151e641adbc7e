/// The largest rectangles along the axes that an outline of such lines and the boxes of the windows leave free, at the distances to keep.
struct FreeRectangles {
    /// The box of the region less the margin.
    let room: Box
    /// What is not there within it, grown by the distances; nil if the outline has other lines.
    let blocked: [Box]?

    init(_ region: FitRegion, margin: Double, gap: Double) {
        room = Box(Point(margin, margin), Point(max(region.width - margin, margin), max(region.height - margin, margin)))
        guard let pockets = Self.pockets(region.outer) else {
            blocked = nil
            return
        }
        blocked = pockets.map { $0.widened(margin) } + region.windows.map { $0.box.widened(gap) }
    }

    /// What the box of a rectilinear outline has that the outline has not, as boxes.
    private static func pockets(_ outer: ArcPath) -> [Box]? {
        guard outer.isRectilinear, outer.vertices.count <= 24 else { return nil }
        guard outer.vertices.count > 4 else { return [] }
        let xs = Set(outer.vertices.map(\.place.x)).sorted(), ys = Set(outer.vertices.map(\.place.y)).sorted()
        var pockets: [Box] = []
        for (low, high) in zip(ys, ys.dropFirst()) {
            for (left, right) in zip(xs, xs.dropFirst()) {
                let cell = Box(Point(left, low), Point(right, high))
                if !outer.contains(cell.center) { pockets.append(cell) }
            }
        }
        return pockets
    }

    /// Above this number of boxes the rectangles are not computed.
    private static let mostBoxes = 40

    /// None of them contains another.
    var all: [Box] {
        guard let blocked, blocked.count <= Self.mostBoxes else { return [] }
        var found: [Box] = []
        for left in [room.min.x] + blocked.map(\.max.x) where left >= room.min.x {
            for right in [room.max.x] + blocked.map(\.min.x) where right > left && right <= room.max.x {
                var low = room.min.y
                let between = blocked.filter { $0.min.x < right && $0.max.x > left }.sorted { $0.min.y < $1.min.y }
                for box in between {
                    if box.min.y > low { found.append(Box(Point(left, low), Point(right, min(box.min.y, room.max.y)))) }
                    low = max(low, box.max.y)
                }
                if room.max.y > low { found.append(Box(Point(left, low), Point(right, room.max.y))) }
            }
        }
        found.sort { $0.width * $0.height > $1.width * $1.height }
        return found.reduce(into: []) { kept, box in if !kept.contains(where: { $0.contains(box) }) { kept.append(box) } }
    }
}
