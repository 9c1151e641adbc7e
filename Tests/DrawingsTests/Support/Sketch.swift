import Drawings

/// Writes small drawings for the tests, tag by tag.
struct Sketch {
    private var lines: [String] = []

    /// Adds pairs of group code and value.
    mutating func add(_ tags: (Int, Any)...) { for (code, value) in tags { lines += ["\(code)", "\(value)"] } }

    mutating func line(_ a: (Double, Double), _ b: (Double, Double), layer: String = "0") {
        add((0, "LINE"), (8, layer), (10, a.0), (20, a.1), (11, b.0), (21, b.1))
    }

    mutating func circle(_ x: Double, _ y: Double, _ radius: Double, layer: String = "0") {
        add((0, "CIRCLE"), (8, layer), (10, x), (20, y), (40, radius))
    }

    /// Adds a polyline of corners with bulges.
    mutating func polyline(_ corners: [(Double, Double, Double)], closed: Bool, layer: String = "0") {
        add((0, "LWPOLYLINE"), (8, layer), (90, corners.count), (70, closed ? 1 : 0))
        for corner in corners { add((10, corner.0), (20, corner.1), (42, corner.2)) }
    }

    mutating func rectangle(_ x: Double, _ y: Double, _ width: Double, _ height: Double, layer: String = "0") {
        polyline([(x, y, 0), (x + width, y, 0), (x + width, y + height, 0), (x, y + height, 0)], closed: true, layer: layer)
    }

    /// Adds a block with the entities drawn by `body`. Blocks precede the entities.
    mutating func block(_ name: String, base: (Double, Double) = (0, 0), _ body: (inout Sketch) -> Void) {
        add((0, "BLOCK"), (2, name), (10, base.0), (20, base.1))
        body(&self)
        add((0, "ENDBLK"))
    }

    mutating func section(_ name: String, _ body: (inout Sketch) -> Void) {
        add((0, "SECTION"), (2, name))
        body(&self)
        add((0, "ENDSEC"))
    }

    func bytes(lineEnd: String = "\n") -> [UInt8] { Array((lines + ["0", "EOF", ""]).joined(separator: lineEnd).utf8) }

    func measured(_ options: Measure.Options = Measure.Options()) throws -> Measurement { try Drawing(reading: bytes()).measure(options) }
}
