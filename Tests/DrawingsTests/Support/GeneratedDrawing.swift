import Glibc

/// A generated drawing with its expected measurements.
struct GeneratedDrawing {
    private(set) var expected = Expected()
    private(set) var bytes: [UInt8] = []
    let mmPerUnit: Double
    private var dice: Dice
    private let isOld: Bool
    private var blocks: [(name: String, base: (x: Double, y: Double), tags: Tags)] = []
    private var model = Tags()

    private static let units: [(code: Int, mm: Double)] = [(0, 1), (4, 1), (4, 1), (1, 25.4), (5, 10), (2, 304.8)]
    private static let versions = ["AC1009", "AC1012", "AC1015", "AC1018", "AC1021", "AC1024", "AC1027", "AC1032"]

    init(seed: Int) {
        dice = Dice(seed)
        let unit = dice.pick(Self.units)
        let version = dice.pick(Self.versions)
        mmPerUnit = unit.mm
        isOld = version == "AC1009"
        for number in 0..<dice.whole(1...3) { part(at: number) }
        if dice.once(in: 4) { openLines() }
        if dice.once(in: 3) { skipped() }
        bytes = whole(version, unit.code).bytes(
            dice.pick(Tags.Form.allCases.filter { ($0 != .shortBinary || isOld) && ($0 != .binary || !isOld) }))
    }

    /// Draws a part, in some with a hole and in some of these with an island in the hole, each by a random method.
    private mutating func part(at number: Int) {
        let size = dice.real(20, 80) / mmPerUnit
        let (x, y) = (Double(number) * 200 / mmPerUnit + dice.real(-9, 9) / mmPerUnit, dice.real(-300, 300) / mmPerUnit)
        if dice.once(in: 6) { return array(x, y, size) }
        var (at, depth) = (size, 0)
        repeat {
            figure(x, y, at, depth)
            (at, depth) = (at * dice.real(0.15, 0.28), depth + 1)
        } while depth < 3 && dice.once(in: 2)
    }

    private mutating func count(_ figure: DrawnPart, scale: Double, flatness: Double = 1, _ depth: Int) {
        expected.length += figure.length * scale
        let area = figure.area * scale * scale * flatness
        expected.net += depth % 2 == 0 ? area : -area
        if depth == 0 { expected.gross += area }
        expected.closed += 1
        if depth % 2 == 0 { expected.outer += 1 } else { expected.holes += 1 }
    }

    private mutating func figure(_ x: Double, _ y: Double, _ size: Double, _ depth: Int) {
        let shape = DrawnPart.any(&dice, old: isOld)
        let turn = dice.real(0, 2 * .pi)
        let isPlane = shape.corners.count > 2
        switch dice.whole(0...5) {
        case 0: inBlock(shape, x, y, size, depth)
        case 1 where isPlane: flipped(shape, Pen.Place(x: x, y: y, size: size, turn: turn), depth)
        case 2: tilted(x, y, size, depth)
        case 3: stretched(x, y, size, depth)
        default:
            var pen = Pen(isOld: isOld)
            pen.draw(shape, Pen.Place(x: x, y: y, size: size, turn: turn), &dice)
            model.add(pen.tags)
            count(shape, scale: size, depth)
        }
    }

    /// Draws a shape in a block or in a nested block, mirrored or not.
    private mutating func inBlock(_ shape: DrawnPart, _ x: Double, _ y: Double, _ size: Double, _ depth: Int) {
        let scale = dice.real(0.3, 3)
        let isNested = dice.once(in: 2)
        let base = (x: dice.real(-50, 50), y: dice.real(-50, 50))
        var pen = Pen(isOld: isOld)
        let inner = isNested ? size / scale / 2 : size / scale
        pen.draw(shape, Pen.Place(x: base.x, y: base.y, size: inner, turn: dice.real(0, 6)), &dice)
        var name = "B\(blocks.count)"
        blocks.append((name, base, pen.tags))
        if isNested {
            var nest = Tags()
            insert(name, (0, 0), (2, dice.once(in: 2) ? -2 : 2), dice.real(0, 360), &nest)
            name = "B\(blocks.count)"
            blocks.append((name, (0, 0), nest))
        }
        insert(name, (x, y), (dice.once(in: 2) ? -scale : scale, scale), dice.real(0, 360), &model)
        count(shape, scale: size, depth)
    }

    private func insert(
        _ name: String, _ place: (x: Double, y: Double), _ scale: (x: Double, y: Double), _ turn: Double, _ tags: inout Tags
    ) {
        tags.add(0, "INSERT")
        tags.add(8, "Cut")
        tags.add(2, name)
        tags.add(10, place.x)
        tags.add(20, place.y)
        tags.add(41, scale.x)
        tags.add(42, scale.y)
        tags.add(50, turn)
    }

    /// Draws an array of a circle in a block.
    private mutating func array(_ x: Double, _ y: Double, _ size: Double) {
        let (columns, rows, radius) = (dice.whole(1...4), dice.whole(1...4), size / 12)
        var pen = Pen(isOld: isOld)
        pen.circle((0, 0), radius)
        blocks.append(("A\(blocks.count)", (0, 0), pen.tags))
        insert("A\(blocks.count - 1)", (x, y), (1, 1), dice.real(0, 360), &model)
        model.add(70, flag: columns)
        model.add(71, flag: rows)
        model.add(44, size / 4)
        model.add(45, size / 5)
        for _ in 0..<columns * rows { count(DrawnPart.circle(), scale: radius, 0) }
    }

    /// Draws a shape extruded along -z, which reverses x.
    private mutating func flipped(_ shape: DrawnPart, _ place: Pen.Place, _ depth: Int) {
        var pen = Pen(isOld: isOld)
        pen.isFlipped = true
        var place = place
        place.x = -place.x
        pen.draw(shape, place, &dice)
        model.add(pen.tags)
        count(shape, scale: place.size, depth)
    }

    /// Draws a circle in a tilted plane: an ellipse in the top view. Its x axis points to the left, its y axis down.
    private mutating func tilted(_ x: Double, _ y: Double, _ size: Double, _ depth: Int) {
        var pen = Pen(isOld: isOld)
        pen.tilt = dice.real(0.2, 1.1)
        let flatness = cos(pen.tilt)
        pen.circle((-x, -y / flatness), size)
        model.add(pen.tags)
        count(DrawnPart.ellipse(1, flatness), scale: size, depth)
    }

    /// Draws a circle in a block with unequal scales.
    private mutating func stretched(_ x: Double, _ y: Double, _ size: Double, _ depth: Int) {
        var pen = Pen(isOld: isOld)
        pen.circle((0, 0), 1)
        let flatness = dice.real(0.35, 1)
        blocks.append(("S\(blocks.count)", (0, 0), pen.tags))
        insert("S\(blocks.count - 1)", (x, y), (size, dice.once(in: 2) ? -size * flatness : size * flatness), dice.real(0, 360), &model)
        count(DrawnPart.ellipse(1, flatness), scale: size, depth)
    }

    /// Draws open lines and arcs.
    private mutating func openLines() {
        var pen = Pen(isOld: isOld)
        let (x, y, l) = (-300 / mmPerUnit, -400 / mmPerUnit, dice.real(10, 50) / mmPerUnit)
        switch dice.whole(0...2) {
        case 0:
            pen.line((x, y), (x + 3 * l, y + 4 * l))
            expected.length += 5 * l
        case 1:
            let sweep = dice.real(10, 300)
            pen.arc((x, y), l, 350, 350 + sweep)
            expected.length += l * sweep * .pi / 180
        default:
            var zigzag = DrawnPart()
            for corner in 0..<5 { zigzag.corners.append((Double(corner) * 4, corner % 2 == 0 ? 0 : 3, .line)) }
            pen.polyline(zigzag, Pen.Place(x: x, y: y, size: l / 4, turn: 1), closed: false, old: isOld)
            expected.length += 20 * l / 4
        }
        model.add(pen.tags)
        expected.open += 1
    }

    private mutating func skipped() {
        for type in ["TEXT", "POINT", "HATCH", "DIMENSION"] where dice.once(in: 2) {
            model.add(0, type)
            model.add(8, "Notes")
            model.add(10, dice.real(-100, 100))
            model.add(20, 0.0)
            if type == "TEXT" { model.add(1, "REV A") }
            expected.skipped[type, default: 0] += 1
        }
    }

    private func whole(_ version: String, _ unit: Int) -> Tags {
        var tags = Tags()
        func section(_ name: String, _ body: (inout Tags) -> Void) {
            tags.add(0, "SECTION")
            tags.add(2, name)
            body(&tags)
            tags.add(0, "ENDSEC")
        }
        section("HEADER") {
            $0.add(9, "$ACADVER")
            $0.add(1, version)
            $0.add(9, "$INSUNITS")
            $0.add(70, flag: unit)
        }
        section("BLOCKS") {
            for block in blocks {
                $0.add(0, "BLOCK")
                $0.add(8, "0")
                $0.add(2, block.name)
                $0.add(10, block.base.x)
                $0.add(20, block.base.y)
                $0.add(block.tags)
                $0.add(0, "ENDBLK")
            }
        }
        section("ENTITIES") { $0.add(model) }
        tags.add(0, "EOF")
        return tags
    }
}
