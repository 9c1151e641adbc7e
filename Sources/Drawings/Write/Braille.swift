/// A picture of dots, with eight dots per character: Unicode Braille patterns from U+2800.
package struct Braille: Sendable {
    private let columns, rows: Int
    /// The dots of each character as bits.
    private var cells: [UInt8]

    /// Draws outlines as large as `columns` characters allow, with at most `rows` lines.
    package init(_ outlines: [FlatContour], box: Box, columns: Int, rows: Int) {
        // In terminal fonts the distances between dots are equal horizontally and vertically.
        let (wide, high) = (Double(max(columns, 1) * 2 - 1), Double(max(rows, 1) * 4 - 1))
        let scale = min(wide / max(box.width, 1e-9), high / max(box.height, 1e-9))
        let size = (x: Int((box.width * scale).rounded()), y: Int((box.height * scale).rounded()))
        self.columns = min(size.x / 2 + 1, max(columns, 1))
        self.rows = min(size.y / 4 + 1, max(rows, 1))
        cells = [UInt8](repeating: 0, count: self.columns * self.rows)
        for outline in outlines {
            var dots = outline.points.map { point in
                (x: Int(((point.x - box.min.x) * scale).rounded()), y: size.y - Int(((point.y - box.min.y) * scale).rounded()))
            }
            if outline.isClosed, let first = dots.first { dots.append(first) }
            if let first = dots.first { set(first.x, first.y) }
            for (a, b) in zip(dots, dots.dropFirst()) { line(a.x, a.y, b.x, b.y) }
        }
    }

    /// Draws a line by Bresenham's algorithm.
    private mutating func line(_ x0: Int, _ y0: Int, _ x1: Int, _ y1: Int) {
        let (dx, dy) = (abs(x1 - x0), -abs(y1 - y0))
        let (wayX, wayY) = (x0 < x1 ? 1 : -1, y0 < y1 ? 1 : -1)
        var (x, y, error) = (x0, y0, dx + dy)
        while true {
            set(x, y)
            if x == x1, y == y1 { return }
            let twice = 2 * error
            if twice >= dy {
                error += dy
                x += wayX
            }
            if twice <= dx {
                error += dx
                y += wayY
            }
        }
    }

    private mutating func set(_ x: Int, _ y: Int) {
        guard x >= 0, y >= 0, x / 2 < columns, y / 4 < rows else { return }
        // The dots of a cell are numbered down the left column, then down the right one. The lowest row was added later.
        let bits: [[UInt8]] = [[0x01, 0x02, 0x04, 0x40], [0x08, 0x10, 0x20, 0x80]]
        cells[y / 4 * columns + x / 2] |= bits[x & 1][y & 3]
    }

    /// The lines of the picture, without trailing blanks.
    package var lines: [String] {
        (0..<rows).map { row in
            let line = cells[row * columns..<(row + 1) * columns]
            let end = line.lastIndex { $0 != 0 }.map { $0 + 1 } ?? line.startIndex
            return String(String.UnicodeScalarView(line[..<end].compactMap { $0 == 0 ? " " : Unicode.Scalar(0x2800 + UInt32($0)) }))
        }
    }
}
