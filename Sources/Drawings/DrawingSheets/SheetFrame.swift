/// A horizontal or vertical segment.
struct AxisLine {
    let edge: Int32
    let isUpright: Bool
    /// The constant coordinate.
    let at: Double
    let from, to: Double

    init?(_ segment: Segment, edge: Int32, slack: Double) {
        guard segment.isLine else { return nil }
        let (a, b) = (segment.a, segment.b)
        if abs(a.y - b.y) <= slack, abs(a.x - b.x) > slack {
            (isUpright, at, from, to) = (false, (a.y + b.y) / 2, min(a.x, b.x), max(a.x, b.x))
        } else if abs(a.x - b.x) <= slack, abs(a.y - b.y) > slack {
            (isUpright, at, from, to) = (true, (a.x + b.x) / 2, min(a.y, b.y), max(a.y, b.y))
        } else {
            return nil
        }
        self.edge = edge
    }

    var length: Double { to - from }
    var box: Box { isUpright ? Box(Point(at, from), Point(at, to)) : Box(Point(from, at), Point(to, at)) }

    /// Whether it lies on a side of a rectangle.
    func lies(on box: Box, slack: Double) -> Bool {
        let (low, high) = isUpright ? (box.min.x, box.max.x) : (box.min.y, box.max.y)
        let (start, end) = isUpright ? (box.min.y, box.max.y) : (box.min.x, box.max.x)
        return (abs(at - low) <= slack || abs(at - high) <= slack) && from >= start - slack && to <= end + slack
    }
}

/// The frame of a drawing sheet: a rectangle around the whole drawing.
struct SheetFrame {
    /// The inner rectangle of a double frame.
    let box: Box
    /// All rectangles of the frame: the edge of the paper and the border.
    let boxes: [Box]
    /// Whether the ratio of its sides is that of a paper size (ISO 216, ANSI Y14.1), with or without margins.
    let isPaper: Bool

    /// The minimum share of the drawing's area that a frame encloses, and of the entities inside it: dimensions may extend beyond it.
    private static let leastArea = 0.5
    private static let leastInside = 0.75

    init?(_ lines: [AxisLine], centers: [Point], in whole: Box, slack: Double) {
        let level = Self.long(lines.filter { !$0.isUpright }, least: 0.4 * whole.width, slack)
        let upright = Self.long(lines.filter(\.isUpright), least: 0.4 * whole.height, slack)
        var found: [Box] = []
        for (low, bottom) in level.enumerated() {
            for top in level[(low + 1)...] {
                for (left, west) in upright.enumerated() {
                    for east in upright[(left + 1)...] {
                        let box = Box(Point(west.at, bottom.at), Point(east.at, top.at))
                        let isWhole =
                            bottom.spans(box.min.x, box.max.x, slack) && top.spans(box.min.x, box.max.x, slack)
                            && west.spans(box.min.y, box.max.y, slack) && east.spans(box.min.y, box.max.y, slack)
                        if isWhole, box.width * box.height >= Self.leastArea * whole.width * whole.height { found.append(box) }
                    }
                }
            }
        }
        found.sort { $0.width * $0.height > $1.width * $1.height }
        guard let outer = found.first else { return nil }
        let inside = centers.filter { outer.widened(slack).contains(Box($0, $0)) }
        guard !inside.isEmpty, Double(inside.count) >= Self.leastInside * Double(centers.count) else { return nil }
        let inner = found.dropFirst().last { box in
            box.min.x > outer.min.x + slack && box.min.y > outer.min.y + slack && box.max.x < outer.max.x - slack
                && box.max.y < outer.max.y - slack && Self.isBorder(box, of: outer)
                && Double(inside.count { box.widened(slack).contains(Box($0, $0)) }) >= 0.5 * Double(inside.count)
        }
        box = inner ?? outer
        boxes = inner.map { [outer, $0] } ?? [outer]
        isPaper = boxes.contains { Self.isPaper($0) }
    }

    /// Whether a rectangle can be the border of a paper: it encloses most of it, or, on a small paper, has equal margins on all sides
    /// except the filing margin.
    private static func isBorder(_ box: Box, of paper: Box) -> Bool {
        let area = box.width * box.height / (paper.width * paper.height)
        let margins = [paper.max.x - box.max.x, paper.max.y - box.max.y, box.min.y - paper.min.y]
        let isEven = margins.allSatisfy { abs($0 - margins[0]) <= 0.01 * max(paper.width, paper.height) }
        return area > 0.7 || (area > 0.5 && isEven)
    }

    private static func isPaper(_ box: Box) -> Bool {
        let ratio = max(box.width, box.height) / min(box.width, box.height)
        return (1.38...1.48).contains(ratio) || abs(ratio - 11 / 8.5) < 0.015 || abs(ratio - 17.0 / 11) < 0.015
    }

    /// Collinear horizontal or vertical lines, merged.
    private struct Run {
        let at: Double
        var from, to, covered: Double

        func spans(_ start: Double, _ end: Double, _ slack: Double) -> Bool {
            from <= start + slack && to >= end - slack && covered >= 0.95 * (to - from)
        }
    }

    private static func long(_ lines: [AxisLine], least: Double, _ slack: Double) -> [Run] {
        var runs: [Run] = []
        for line in lines.sorted(by: { $0.at < $1.at }) {
            if let last = runs.last, line.at - last.at <= slack {
                runs[runs.count - 1].from = min(last.from, line.from)
                runs[runs.count - 1].to = max(last.to, line.to)
                runs[runs.count - 1].covered += line.length
            } else {
                runs.append(Run(at: line.at, from: line.from, to: line.to, covered: line.length))
            }
        }
        // If there are more long lines than these, a frame cannot be distinguished from the other lines.
        return runs.filter { $0.to - $0.from >= least }.sorted { $0.to - $0.from > $1.to - $1.from }.prefix(12).sorted { $0.at < $1.at }
    }
}
