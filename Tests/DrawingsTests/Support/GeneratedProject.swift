import Glibc

/// A generated LightBurn project with its expected measurements. Arcs of DXF are shapes of their own here.
struct GeneratedProject {
    private(set) var expected = Expected()
    private var dice: Dice
    private var body = ""

    init(seed: Int) {
        dice = Dice(seed)
        for number in 0..<dice.whole(1...5) {
            let size = dice.real(10, 80)
            shape(dice.real(-9, 9) + 200 * Double(number), dice.real(-300, 300), size)
        }
        let flag = dice.once(in: 2) ? "True" : "False"
        body =
            "<LightBurnProject AppVersion=\"1.7.0\(seed % 10)\" FormatVersion=\"1\" MirrorX=\"\(flag)\">\n" + body + "</LightBurnProject>\n"
    }

    var bytes: [UInt8] { Array((dice.state % 2 == 0 ? "\u{FEFF}" : "").utf8) + Array(body.utf8) }

    private mutating func count(_ length: Double, _ area: Double) {
        expected.length += length
        expected.net += area
        expected.gross += area
        expected.closed += 1
        expected.outer += 1
    }

    /// Draws a shape in a group that is rotated, mirrored and scaled. The shape itself is only moved.
    private mutating func shape(_ x: Double, _ y: Double, _ size: Double) {
        let (scale, turn, mirror) = (dice.real(0.3, 3), dice.real(0, 6), dice.once(in: 2) ? -1.0 : 1.0)
        let (c, s) = (scale * cos(turn), scale * sin(turn))
        let s2 = size / scale
        body += "<Shape Type=\"Group\" CutIndex=\"0\"><XForm>\(c) \(s) \(-s * mirror) \(c * mirror) \(x) \(y)</XForm><Children>\n"
        switch dice.whole(0...5) {
        case 0:
            let (w, h, r) = (1.2 * s2, 0.7 * s2, dice.real(0, 0.35) * s2)
            body += "<Shape Type=\"Rect\" CutIndex=\"0\" W=\"\(w)\" H=\"\(h)\" Cr=\"\(r)\"/>\n"
            let k = scale * scale
            count(scale * (2 * (w + h) - (8 - 2 * .pi) * r), k * (w * h - (4 - .pi) * r * r))
        case 1:
            let flatness = dice.once(in: 2) ? 1 : dice.real(0.3, 3)
            body += "<Shape Type=\"Ellipse\" CutIndex=\"0\" Rx=\"\(s2)\" Ry=\"\(s2 * flatness)\"/>\n"
            count(size * circumference(1, flatness), .pi * size * size * flatness)
        case 2:
            let sides = dice.whole(3...9)
            body += "<Shape Type=\"Polygon\" CutIndex=\"0\" N=\"\(sides)\" Rx=\"\(s2)\" Ry=\"\(s2)\"/>\n"
            let figure = DrawnPart.regular(sides)
            count(figure.length * size, figure.area * size * size)
        case 3: path(DrawnPart.regular(dice.whole(3...9)), s2, size)
        default: parabola(s2, size)
        }
        body += "</Children></Shape>\n"
    }

    private mutating func path(_ figure: DrawnPart, _ s2: Double, _ size: Double) {
        let points = figure.corners.map { ($0.x * s2, $0.y * s2) }
        let form = dice.whole(0...2)
        body += "<Shape Type=\"Path\" CutIndex=\"0\">"
        if form == 0 {
            for p in points { body += "<V vx=\"\(p.0)\" vy=\"\(p.1)\" c0x=\"1\" c0y=\"0\" c1x=\"1\" c1y=\"0\"/>" }
            for k in points.indices { body += "<P T=\"L\" p0=\"\(k)\" p1=\"\((k + 1) % points.count)\"/>" }
        } else {
            body += "<VertList>" + points.map { "V\($0.0) \($0.1)c0x1c1x1" }.joined() + "</VertList><PrimList>"
            body += form == 1 ? "LineClosed" : points.indices.map { "L\($0) \(($0 + 1) % points.count)" }.joined()
            body += "</PrimList>"
        }
        body += "</Shape>\n"
        count(figure.length * size, figure.area * size * size)
    }

    /// Draws y = x² / l as a cubic, and its chord.
    private mutating func parabola(_ l: Double, _ size: Double) {
        body += "<Shape Type=\"Path\" CutIndex=\"0\"><VertList>V\(-l) \(l)c0x\(-l / 3)c0y\(-l / 3)c1x1V\(l) \(l)c0x1c1x\(l / 3)c1y\(-l / 3)"
        body += "</VertList><PrimList>B0 1L1 0</PrimList></Shape>\n"
        let figure = DrawnPart.parabola(1)
        count(figure.length * size, figure.area * size * size)
    }
}
