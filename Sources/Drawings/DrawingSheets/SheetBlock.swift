/// A title block or a parts list: horizontal and vertical lines within a frame that form cells.
struct SheetBlock {
    private(set) var box: Box
    /// Whether it is in a corner of the frame, where title blocks are.
    private(set) var isInCorner = false
    /// How many lines end on another line or overlap it. Cells share their sides, unlike contours to be cut.
    private(set) var shared = 0
    private var level = 0
    private var upright = 0

    private init(_ line: AxisLine) {
        box = line.box
        if line.isUpright { upright = 1 } else { level = 1 }
    }

    /// The maximum number of lines within a frame among which blocks are searched.
    private static let mostLines = 1500

    /// Returns the blocks of cells within a frame.
    static func find(_ lines: [AxisLine], in frame: SheetFrame, slack: Double) -> [SheetBlock] {
        let inner = lines.filter { line in
            frame.box.contains(line.box.widened(-slack))
                && !frame.boxes.contains { line.lies(on: $0, slack: slack) && line.length > 0.3 * min($0.width, $0.height) }
        }
        guard inner.count <= mostLines else { return [] }
        var sets = DisjointSets(count: inner.count)
        var shared = [Int](repeating: 0, count: inner.count)
        for (place, line) in inner.enumerated() {
            shared[place] += ends(of: line, on: frame.box, slack)
            for other in inner.indices[..<place] {
                let touch = Self.touch(line, inner[other], slack)
                guard touch != .none else { continue }
                if touch == .shared { shared[place] += 1 }
                // The first line of a block is its root.
                let (a, b) = (sets.root(place), sets.root(other))
                sets.unite(root: max(a, b), into: min(a, b))
            }
        }
        var blocks: [Int: SheetBlock] = [:]
        for (place, line) in inner.enumerated() {
            let key = sets.root(place)
            if blocks[key] == nil { blocks[key] = SheetBlock(line) } else { blocks[key]?.add(line) }
            blocks[key]?.shared += shared[place]
        }
        return blocks.sorted { $0.key < $1.key }.map(\.value).compactMap { $0.judged(in: frame.box) }
    }

    private mutating func add(_ line: AxisLine) {
        box.include(line.box)
        if line.isUpright { upright += 1 } else { level += 1 }
    }

    /// Returns the block with its position in the frame, or nil if it is not a block of cells.
    private func judged(in frame: Box) -> SheetBlock? {
        guard level > 0, upright > 0, level + upright >= 3, shared >= 3 else { return nil }
        let (width, height) = (box.width / frame.width, box.height / frame.height)
        guard min(width, height) <= 0.45, width * height <= 0.4 else { return nil }
        var judged = self
        let (reachX, reachY) = (0.04 * frame.width, 0.04 * frame.height)
        let atSide = box.min.x - frame.min.x <= reachX || frame.max.x - box.max.x <= reachX
        let atEnd = box.min.y - frame.min.y <= reachY || frame.max.y - box.max.y <= reachY
        judged.isInCorner = atSide && atEnd
        return judged
    }

    private enum Touch { case none, corner, shared }

    /// Returns the number of ends of a line that are on a side of the frame.
    private static func ends(of line: AxisLine, on frame: Box, _ slack: Double) -> Int {
        let (low, high) = line.isUpright ? (frame.min.y, frame.max.y) : (frame.min.x, frame.max.x)
        return (abs(line.from - low) <= slack ? 1 : 0) + (abs(line.to - high) <= slack ? 1 : 0)
    }

    private static func touch(_ a: AxisLine, _ b: AxisLine, _ slack: Double) -> Touch {
        if a.isUpright == b.isUpright {
            guard abs(a.at - b.at) <= slack, a.from <= b.to + slack, b.from <= a.to + slack else { return .none }
            return min(a.to, b.to) - max(a.from, b.from) > slack ? .shared : .corner
        }
        guard a.at >= b.from - slack, a.at <= b.to + slack, b.at >= a.from - slack, b.at <= a.to + slack else { return .none }
        let isEndOfA = abs(b.at - a.from) <= slack || abs(b.at - a.to) <= slack
        let isEndOfB = abs(a.at - b.from) <= slack || abs(a.at - b.to) <= slack
        return isEndOfA && isEndOfB ? .corner : .shared
    }
}
