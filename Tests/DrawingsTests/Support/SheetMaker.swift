import Glibc

/// Drawing sheets as exported by programs: frame, title block, views and dimensions, in various forms.
struct SheetMaker {
    private(set) var sketch = Sketch()
    /// The part in the largest view.
    private(set) var part = MadePart()
    private var random: SeededNumbers
    /// The length of an arrowhead.
    private var unit = 1.0
    private var manner = Manner.triangles

    private enum Manner: CaseIterable { case triangles, looseTriangles, solids, open, ticks, entities }

    init(_ number: Int) {
        random = SeededNumbers(seed: UInt64(number) &* 104_729 &+ 3)
        manner = Manner.allCases[number % Manner.allCases.count]
        let papers = [(297.0, 210.0), (420, 297), (594, 420), (841, 594), (279.4, 215.9)]
        var (width, height) = papers[random.whole(0...papers.count - 1)]
        if random.chance(0.25) { (width, height) = (height, width) }
        let size = random.real(60...600)
        // The frame is as large as the part and its dimensions require, at the scale of the part.
        let scale = max(2.5 * size / width, 2.7 * size / height)
        (width, height) = (width * scale, height * scale)
        unit = width / 100
        let isFramed = manner == .entities || manner == .ticks || random.chance(0.9)
        if isFramed { frame(width, height) }
        part = MadePart.draw(&sketch, &random, at: 0.13 * width, 0.42 * height, size: size)
        axes(0.13 * width, 0.42 * height)
        dimensions(0.13 * width, 0.42 * height, part.width, part.height)
        if random.chance(0.7) { sideView(width, height) }
        if random.chance(0.6) { texts(random.whole(4...25), width, height) }
    }

    private mutating func frame(_ width: Double, _ height: Double) {
        let margin = 0.02 * width, isDouble = random.chance(0.5)
        if isDouble { box(0, 0, width, height) }
        let (left, low, right, high) = (margin * (random.chance(0.4) ? 2 : 1), margin, width - margin, height - margin)
        box(left, low, right, high)
        if isDouble, random.chance(0.5) {
            for zone in 1..<8 {
                let x = left + (right - left) * Double(zone) / 8
                sketch.line((x, 0), (x, low))
                sketch.line((x, high), (x, height))
            }
        }
        guard random.chance(0.92) || manner == .ticks else { return titleTexts(right, low) }
        titleBlock(right, low, width, height)
    }

    private mutating func box(_ x0: Double, _ y0: Double, _ x1: Double, _ y1: Double) {
        if random.chance(0.5) { return sketch.rectangle(x0, y0, x1 - x0, y1 - y0, layer: "0") }
        for (a, b) in [((x0, y0), (x1, y0)), ((x1, y0), (x1, y1)), ((x1, y1), (x0, y1)), ((x0, y1), (x0, y0))] { sketch.line(a, b) }
    }

    /// Draws the contents of a title block as texts.
    private mutating func titleTexts(_ right: Double, _ low: Double) {
        for line in 0..<8 {
            sketch.add((0, "TEXT"), (8, "TITLE"), (10, right - 20 * unit), (20, low + Double(line) * unit), (40, unit), (1, "SCALE 1:1"))
        }
        for number in 0..<3 { sketch.add((0, "DIMENSION"), (8, "0"), (2, "*D\(number)"), (10, 0), (20, 0), (70, 32)) }
        for place in 0..<3 {
            arrowed((right - 30 * unit, low + 8 * unit * Double(place + 1)), (right - 12 * unit, low + 8 * unit * Double(place + 1)))
        }
    }

    /// Draws cells as lines from side to side or as rectangles with common sides, in the corner or slightly away from it.
    private mutating func titleBlock(_ right: Double, _ low: Double, _ width: Double, _ height: Double) {
        let (wide, tall) = (width * random.real(0.25...0.45), height * random.real(0.08...0.2))
        let gap = random.chance(0.2) ? 0.01 * width : 0
        let (x, y) = (right - gap - wide, low + gap)
        let (rows, columns) = (random.whole(2...5), random.whole(2...4))
        if random.chance(0.3) {
            for row in 0..<rows {
                for column in 0..<columns {
                    sketch.rectangle(
                        x + wide * Double(column) / Double(columns), y + tall * Double(row) / Double(rows), wide / Double(columns),
                        tall / Double(rows))
                }
            }
            return
        }
        for row in 0...rows where row > 0 || gap > 0 {
            let at = y + tall * Double(row) / Double(rows)
            sketch.line((x, at), (x + wide, at))
        }
        for column in 0...columns where column < columns || gap > 0 {
            let at = x + wide * Double(column) / Double(columns)
            sketch.line((at, y), (at, y + tall))
        }
        if random.chance(0.5) { strokes(x + unit, y + unit, random.whole(10...40)) }
    }

    /// Draws letters as lines.
    private mutating func strokes(_ x: Double, _ y: Double, _ count: Int) {
        for stroke in 0..<count {
            let at = x + Double(stroke) * 0.4 * unit
            sketch.line((at, y), (at + random.real(-0.3...0.3) * unit, y + 0.8 * unit))
        }
    }

    private mutating func axes(_ x: Double, _ y: Double) {
        guard random.chance(0.6) else { return }
        let (cx, cy) = (x + part.width / 2, y + part.height / 2)
        let lineType = random.chance(0.5) ? "CENTER" : "CONTINUOUS"
        for (a, b) in [((x - 2 * unit, cy), (x + part.width + 2 * unit, cy)), ((cx, y - 2 * unit), (cx, y + part.height + 2 * unit))] {
            sketch.add((0, "LINE"), (8, "0"), (6, lineType), (10, a.0), (20, a.1), (11, b.0), (21, b.1))
        }
    }

    /// Draws dimensions below and beside a view.
    private mutating func dimensions(_ x: Double, _ y: Double, _ width: Double, _ height: Double) {
        for row in 0..<random.whole(2...4) {
            let at = y - Double(4 + 3 * row) * unit, end = row == 0 ? x + width : x + width * random.real(0.3...0.9)
            for side in [x, end] { extensionLine((side, y - (random.chance(0.8) ? unit : 0)), (side, at - unit)) }
            dimensionLine((x, at), (end, at))
        }
        let at = x - 4 * unit
        for side in [y, y + height] { extensionLine((x - unit, side), (at - unit, side)) }
        dimensionLine((at, y), (at, y + height))
    }

    private mutating func extensionLine(_ a: (Double, Double), _ b: (Double, Double)) {
        if manner != .entities { sketch.line(a, b) }
    }

    private mutating func dimensionLine(_ a: (Double, Double), _ b: (Double, Double)) {
        guard manner != .entities else { return sketch.add((0, "DIMENSION"), (8, "0"), (2, "*D"), (10, a.0), (20, a.1), (70, 32)) }
        arrowed(a, b)
        if random.chance(0.5) {
            strokes((a.0 + b.0) / 2, (a.1 + b.1) / 2 + 0.4 * unit, 4)
        } else {
            sketch.add((0, "TEXT"), (8, "0"), (10, (a.0 + b.0) / 2), (20, (a.1 + b.1) / 2), (40, unit), (1, "12"))
        }
    }

    /// Draws a line with arrowheads at both ends in the sheet's form.
    private mutating func arrowed(_ a: (Double, Double), _ b: (Double, Double)) {
        sketch.line(a, b)
        let length = hypot(b.0 - a.0, b.1 - a.1), (ux, uy) = ((b.0 - a.0) / length, (b.1 - a.1) / length)
        for (tip, way) in [(a, 1.0), (b, -1.0)] {
            let (vx, vy) = (ux * way * unit, uy * way * unit)
            let one = (tip.0 + vx - vy / 6, tip.1 + vy + vx / 6), two = (tip.0 + vx + vy / 6, tip.1 + vy - vx / 6)
            switch manner {
            case .triangles: sketch.polyline([(tip.0, tip.1, 0), (one.0, one.1, 0), (two.0, two.1, 0)], closed: true)
            case .looseTriangles: for (p, q) in [(tip, one), (one, two), (two, tip)] { sketch.line(p, q) }
            case .solids: sketch.add((0, "SOLID"), (8, "0"), (10, tip.0), (20, tip.1), (11, one.0), (21, one.1), (12, two.0), (22, two.1))
            case .open: for p in [one, two] { sketch.line(tip, p) }
            case .ticks: sketch.line((tip.0 - unit / 3, tip.1 - unit / 3), (tip.0 + unit / 3, tip.1 + unit / 3))
            case .entities: break
            }
        }
    }

    private mutating func sideView(_ width: Double, _ height: Double) {
        let x = 0.13 * width + part.width + 0.12 * width, thick = 0.03 * width
        sketch.rectangle(x, 0.42 * height, thick, part.height)
        if random.chance(0.5) { dimensions(x, 0.42 * height, thick, part.height) }
    }

    private mutating func texts(_ count: Int, _ width: Double, _ height: Double) {
        for text in 0..<count {
            sketch.add(
                (0, random.chance(0.5) ? "TEXT" : "MTEXT"), (8, "0"), (10, width * 0.6), (20, height * 0.9 - Double(text) * unit),
                (40, unit), (1, "NOTE \(text)"))
        }
    }
}
