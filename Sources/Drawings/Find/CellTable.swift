/// A spatial hash of items by cell, with short chains. Only half of the hash of a cell is compared, so that a lookup can also visit items
/// of other cells.
struct CellTable {
    private var heads: [Int32]
    private var links: [(next: Int32, tag: UInt32)]
    private let mask: Int

    init(count: Int) {
        var size = 16
        while size < 2 * count { size *= 2 }
        heads = [Int32](repeating: -1, count: size)
        links = [(next: Int32, tag: UInt32)](repeating: (-1, 0), count: count)
        mask = size - 1
    }

    @inline(__always)
    mutating func insert(_ thing: Int, _ key: UInt64) {
        let slot = Int(truncatingIfNeeded: key) & mask
        links[thing] = (heads[slot], UInt32(truncatingIfNeeded: key >> 32))
        heads[slot] = Int32(truncatingIfNeeded: thing)
    }

    /// Calls `body` with each item of a key until it returns false.
    @inline(__always)
    func visit(_ key: UInt64, _ body: (Int) -> Bool) {
        var thing = heads[Int(truncatingIfNeeded: key) & mask]
        let tag = UInt32(truncatingIfNeeded: key >> 32)
        while thing >= 0 {
            let link = links[Int(thing)]
            // Comparing the item itself would be a cache miss.
            if link.tag == tag, !body(Int(thing)) { return }
            thing = link.next
        }
    }

    /// Returns the hash of a cell. The indices of a cell are doubles, which hold every coordinate.
    @inline(__always)
    static func key(_ x: Double, _ y: Double) -> UInt64 { mixed(mixed(x.bitPattern) ^ y.bitPattern) }

    @inline(__always)
    static func mixed(_ word: UInt64) -> UInt64 {
        var word = word &* 0x9E37_79B9_7F4A_7C15
        word ^= word >> 32
        word = word &* 0xD6E8_FEB8_6659_FD93
        return word ^ word >> 32
    }
}

/// A square grid. The size of a cell is a multiple of the search radius.
struct Grid {
    let reach: Double
    /// Nil if the cells are so small that only equal coordinates share one. Each coordinate then is its own cell.
    private let perUnit: Double?

    init(reach: Double, cell: Double) {
        self.reach = reach
        // For a smaller cell the indices would overflow, and for a search radius of 0 they would be undefined.
        perUnit = cell > 1e-100 ? 1 / cell : nil
    }

    /// Returns the cell of a coordinate. It is never -0, whose bit pattern differs from that of 0.
    @inline(__always)
    func cell(_ value: Double) -> Double { (perUnit.map { (value * $0).rounded(.down) } ?? value) + 0 }

    /// Returns the first and the last cell within the search radius of a coordinate, which are equal or adjacent.
    @inline(__always)
    func around(_ value: Double) -> (Double, Double) { (cell(value - reach), cell(value + reach)) }

    @inline(__always)
    func key(_ p: Point) -> UInt64 { CellTable.key(cell(p.x), cell(p.y)) }

    /// Calls `body` with the items near a place until it returns false. Items of other cells can be visited, too.
    @inline(__always)
    func visit(_ table: CellTable, near p: Point, _ body: (Int) -> Bool) {
        let (x0, x1) = around(p.x)
        let (y0, y1) = around(p.y)
        var goesOn = true
        func pass(_ x: Double, _ y: Double) {
            guard goesOn else { return }
            table.visit(CellTable.key(x, y)) {
                goesOn = body($0)
                return goesOn
            }
        }
        pass(x0, y0)
        if x1 != x0 { pass(x1, y0) }
        if y1 != y0 {
            pass(x0, y1)
            if x1 != x0 { pass(x1, y1) }
        }
    }
}
