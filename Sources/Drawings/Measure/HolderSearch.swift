/// Finds the smallest closed contour that each of some lines lies in or on.
///
/// From the smallest contour to the largest each asks a tree of the lines that no other holds yet, so that a line in a thousand rings is
/// asked for by those that are near it.
struct HolderSearch {
    struct Line {
        /// A place on it that is no end.
        let middle: Point
        let box: Box

        /// - Parameter place: that of a contour.
        init(_ measured: Measurement, _ place: Int) {
            (middle, box) = (measured.path(of: place).middle, measured.contours.loops[place].box)
        }
    }

    /// By line, the place of the contour in `Measurement.contours`.
    private(set) var holders: [Int?]
    /// Where it was given up to look at more.
    var end: Point? { budget.end }
    private var budget: Budget

    /// A line lies in what its middle lies in or on, where it does not reach beyond the box of that.
    /// - Parameter lines: of this drawing, in its units, whatever is done along them.
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
