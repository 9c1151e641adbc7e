/// Finds, for each of some lines, the smallest closed contour that it lies in or on.
///
/// The search processes the contours in ascending order of area, and a tree holds the lines without a holder. So a line that lies in a
/// thousand rings is compared only with those up to its holder.
struct HolderSearch {
    struct Line {
        /// A place on the line that is not an end.
        let middle: Point
        let box: Box

        /// - Parameter place: the index of the line in `Measurement.contours`.
        init(_ measured: Measurement, _ place: Int) {
            (middle, box) = (measured.path(of: place).middle, measured.contours.loops[place].box)
        }
    }

    /// For each line the index of its holder in `Measurement.contours`.
    private(set) var holders: [Int?]
    /// The place where the search stopped early.
    var end: Point? { budget.end }
    private var budget: Budget

    /// A line lies in a contour if its middle lies in or on the contour, and its box in that of the contour.
    /// - Parameter lines: lines of the same drawing, in its units, of any process.
    init(_ measured: Measurement, lines: [Line]) {
        holders = [Int?](repeating: nil, count: lines.count)
        let loops = measured.contours.loops, tolerance = measured.toleranceMM / measured.mmPerUnit, error = 0.01 / measured.mmPerUnit
        budget = Budget(for: loops.count + lines.count)
        guard !lines.isEmpty else { return }
        var free = SparseIndex(BoxIndex(count: lines.count) { Box(lines[$0].middle, lines[$0].middle) }, isFull: true)
        var near: [Int32] = [], points: [Point] = []
        for contour in loops.indices.filter({ loops[$0].hasArea }).sorted(by: { (loops[$0].area, $0) < (loops[$1].area, $1) }) {
            let loop = loops[contour], box = loop.box.widened(tolerance)
            near.removeAll(keepingCapacity: true)
            free.find(box, into: &near)
            guard budget.take(near.count, at: box.center) else { return }
            var polygon: Polygon?
            for line in near.lazy.map({ Int($0) }) where box.contains(lines[line].box) {
                let middle = lines[line].middle, isHeld: Bool
                if loop.isCircle {
                    isHeld = middle.isWithin(loop.diameter / 2 + tolerance, of: loop.box.center)
                } else {
                    if polygon == nil { measured.path(of: contour).chords(error: error, into: &points) }
                    let outline = polygon ?? Polygon(points)
                    polygon = outline
                    isHeld = outline.contains(middle) || outline.passes(middle, within: tolerance + error)
                }
                guard isHeld else { continue }
                holders[line] = contour
                free.remove(line)
            }
        }
    }
}
