import Values

/// The evidence that a drawing is a drawing sheet, made to be read, and not a part to be cut.
package struct DrawingSheet: Sendable {
    /// The signs as texts: `a frame around everything`, `a title block`, ...
    package fileprivate(set) var signs: [String] = []
    /// The number of views among which the part was searched; 0 if it was not isolated.
    package internal(set) var views = 0
    /// Whether the measured geometry is the part in the largest view.
    package internal(set) var isIsolated = false

    /// The signs in one text: `a frame around everything, a title block and 12 arrowheads`.
    package var reason: String {
        signs.count < 2 ? signs.joined() : signs.dropLast().joined(separator: ", ") + " and " + signs[signs.count - 1]
    }
}

/// Searches for the signs of a drawing sheet and weighs them.
struct SheetSearch {
    private(set) var sheet: DrawingSheet?
    private(set) var frame: SheetFrame?
    private(set) var blocks: [SheetBlock] = []
    private(set) var lines: SheetLines?
    let slack: Double
    let box: Box

    /// Whether there is a sign that no part to be cut has.
    private var isCertain = false
    private var weight = 0.0
    /// Whether there are dimensions or many texts.
    private var isExplained = false
    /// Whether there is a text.
    private var isLabelled = false
    private var signs: [String] = []

    /// The maximum number of entities of a sheet that a person can read.
    private static let mostEdges = 100_000
    private static let leastWeight = 3.0

    init(_ drawing: Drawing, _ geometry: Geometry, tolerance: Double) {
        let boxes = (6...Self.mostEdges).contains(geometry.edges.count) ? geometry.edges.map(geometry.box) : []
        var box = Box()
        for edge in boxes { box.include(edge) }
        self.box = box
        let size = max(box.width, box.height)
        slack = max(tolerance, 1e-5 * size)
        guard size > 0 else { return }
        let axes = Self.axisLines(geometry, slack: slack)
        // Arrowheads and letters are numerous wherever they are, so only the centres of longer entities determine where most of the drawing
        // is.
        let long = boxes.filter { max($0.width, $0.height) > 0.03 * size }
        frame = SheetFrame(axes, centers: long.map(\.center), in: box, slack: slack)
        weighFrame(axes)
        let skipped = Dictionary(geometry.skipped.map { (drawing.typeName($0.key), $0.value) }) { $0 + $1 }
        weighTexts(skipped)
        weighNames(geometry, drawing)
        // Loose lines are examined only if they can complete other evidence.
        guard isCertain || frame != nil || geometry.edges.count >= 12 && mayHaveDimensions(geometry, solids: skipped["SOLID"] ?? 0) else {
            return
        }
        let lines = SheetLines(geometry, boxes, size: size, slack: slack, outlining: frame != nil)
        self.lines = lines
        weighViews(lines)
        weighLines(lines, solids: skipped["SOLID"] ?? 0, edges: geometry.edges.count)
        if isCertain, weight >= Self.leastWeight { sheet = DrawingSheet(signs: signs) }
    }

    /// Whether the drawing can contain exploded dimensions, whose lines and arrow shafts are single lines. Most parts consist
    /// of polylines.
    private func mayHaveDimensions(_ geometry: Geometry, solids: Int) -> Bool {
        if solids > 0 { return true }
        var straight = 0
        for edge in geometry.edges where edge.count == 1 && geometry.segments[Int(edge.first)].isLine {
            straight += 1
            if straight == 2 { return true }
        }
        return false
    }

    private static func axisLines(_ geometry: Geometry, slack: Double) -> [AxisLine] {
        var lines: [AxisLine] = []
        for (number, edge) in geometry.edges.enumerated() {
            for segment in geometry.segments[edge.segments] {
                if let line = AxisLine(segment, edge: Int32(truncatingIfNeeded: number), slack: slack) { lines.append(line) }
            }
        }
        return lines
    }

    private mutating func sign(_ text: String, _ worth: Double, certain: Bool = false) {
        signs.append(text)
        weight += worth
        isCertain = isCertain || certain
    }

    private mutating func weighFrame(_ axes: [AxisLine]) {
        guard let frame else { return }
        if frame.boxes.count > 1 {
            // Alone it could also be a part, with outlines that are drawn twice or with nested rings.
            sign("a double frame around everything", 2)
        } else {
            sign("a frame around everything", frame.isPaper ? 1 : 0.5)
        }
        blocks = SheetBlock.find(axes, in: frame, slack: slack)
        if blocks.contains(where: \.isInCorner) {
            sign("a title block", 2, certain: true)
        } else if !blocks.isEmpty {
            sign("a table", 1)
        }
    }

    private mutating func weighTexts(_ skipped: [String: Int]) {
        let texts = (skipped["TEXT"] ?? 0) + (skipped["MTEXT"] ?? 0)
        if texts >= 3 { sign("\(texts) texts", texts >= 8 ? 1 : 0.5) }
        let dimensions = skipped["DIMENSION"] ?? 0, leaders = (skipped["LEADER"] ?? 0) + (skipped["MULTILEADER"] ?? 0)
        isExplained = dimensions > 0 || texts >= 8
        isLabelled = texts > 0
        isCertain = isCertain || (dimensions > 0 && frame.map { $0.boxes.count > 1 } ?? false)
        if dimensions > 0 { sign("\(counted(dimensions, "dimension"))", 1) }
        if leaders > 0 { sign("\(counted(leaders, "leader"))", 0.5) }
    }

    /// Weighs line types and layers that occur on sheets only.
    private mutating func weighNames(_ geometry: Geometry, _ drawing: Drawing) {
        if geometry.styles.contains(where: { $0.process == .centre || $0.process == .ignore }) { sign("centre or hidden lines", 1) }
        let words = ["TITLE", "BORDER", "FRAME", "DIM", "ANNOT", "RAHMEN", "SCHRIFT", "BEMASS"]
        let named = geometry.styles.map { drawing.layer($0.layer).name }.first { name in
            let name = name.uppercased()
            return words.contains { name.hasPrefix($0) || name.hasSuffix($0) } && !name.hasPrefix("DIMPLE")
        }
        if let named { sign("a layer \(named)", 0.5) }
    }

    /// Weighs outlines with contours inside them, within a frame. As parts they would be loose pieces in a hole. A plate with holes has
    /// none.
    private mutating func weighViews(_ lines: SheetLines) {
        guard let frame, lines.outlines.count <= 2000 else { return }
        let outlines = lines.outlines.filter { frame.box.contains($0.widened(slack)) }
        if frame.boxes.count > 1, hasProjections(outlines) {
            // The panels of a box are laid out like views, too, but without a border and texts.
            return sign("three views of one thing within the frame", 1, certain: isLabelled || lines.loose.count >= 4)
        }
        let views = outlines.filter { view in
            view.width * view.height >= 0.01 * frame.box.width * frame.box.height
                && lines.outlines.contains { $0 != view && view.contains($0.widened(slack)) }
        }
        guard !views.isEmpty else { return }
        sign("\(counted(views.count, "view")) within the frame", 1, certain: isExplained)
    }

    /// Whether one outline has another of equal width above or below it and a third of equal height beside it, both of the same depth, as
    /// in a projection.
    private func hasProjections(_ outlines: [Box]) -> Bool {
        let largest = outlines.sorted { $0.width * $0.height > $1.width * $1.height }.prefix(24), reach = 4 * slack
        func agree(_ a: Double, _ b: Double) -> Bool { abs(a - b) <= reach }
        return largest.contains { front in
            let above = largest.filter { agree($0.min.x, front.min.x) && agree($0.max.x, front.max.x) && !$0.meets(front) }
            let beside = largest.filter { agree($0.min.y, front.min.y) && agree($0.max.y, front.max.y) && !$0.meets(front) }
            // Equal parts in rows and columns are not views of each other.
            return above.contains { top in
                !agree(top.height, front.height) && beside.contains { agree($0.width, top.height) && !agree($0.width, front.width) }
            }
        }
    }

    private mutating func weighLines(_ lines: SheetLines, solids: Int, edges: Int) {
        let arrows = lines.arrows + solids
        if arrows >= 2 { sign("\(arrows) arrowheads", arrows >= 4 ? 2 : 1, certain: arrows >= 4) }
        let dimensions = lines.dimensions.count
        // A dimension has arrowheads or a number. Lines alone can be parts with common edges.
        if dimensions > 0, arrows > 0 || !lines.heads.isEmpty || isExplained || isLabelled {
            sign(counted(dimensions, "exploded dimension"), dimensions > 1 ? 2 : 1, certain: dimensions > 1)
        }
        if lines.loose.count >= 6, lines.loose.count * 5 >= edges { sign("\(lines.loose.count) loose lines", 1) }
    }
}
