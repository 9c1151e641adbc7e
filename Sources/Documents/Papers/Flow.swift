/// A part of a document that is not split over pages. Its height is in points.
struct Block {
    var height: Double
    /// The space above it, which is left out at the top of a page.
    var space = 0.0
    /// Whether it has to be on the same page as the block after it.
    var staysWithNext = false
    /// The table that it is a row of: at the top of a page the table's head is repeated above it.
    var table: Int?
    var draw: (Canvas, Double) -> Void
}

/// Distributes blocks over pages.
struct Flow {
    /// The range of y for blocks; the first page has less room than the others.
    var firstTop: Double
    var top: Double
    var bottom: Double
    /// The heads of the tables, drawn above the first row of a page that continues a table.
    var heads: [Block]

    typealias Page = [(block: Block, y: Double)]

    func pages(_ blocks: [Block]) -> [Page] {
        var pages: [Page] = [[]]
        var y = firstTop
        var start = 0
        while start < blocks.count {
            let end = blocks[start...].firstIndex { !$0.staysWithNext }.map { $0 + 1 } ?? blocks.count
            let group = blocks[start..<end]
            if !fits(group, at: y, fresh: pages[pages.count - 1].isEmpty), !pages[pages.count - 1].isEmpty || y > top {
                pages.append([])
                y = top
            }
            for block in group {
                let fresh = pages[pages.count - 1].isEmpty
                // A group that is longer than a page is split where the page ends.
                if !fresh, y + block.space + block.height > bottom {
                    pages.append([])
                    y = top
                }
                y = put(block, on: &pages[pages.count - 1], y)
            }
            start = end
        }
        return pages
    }

    private func fits(_ group: ArraySlice<Block>, at y: Double, fresh: Bool) -> Bool {
        let spaces = group.dropFirst(fresh ? 1 : 0).reduce(0) { $0 + $1.space }
        return y + group.reduce(spaces) { $0 + $1.height } <= bottom
    }

    private func put(_ block: Block, on page: inout Page, _ y: Double) -> Double {
        var y = y
        if page.isEmpty, let table = block.table {
            page.append((heads[table], y))
            y += heads[table].height
        } else if !page.isEmpty {
            y += block.space
        }
        page.append((block, y))
        return y + block.height
    }
}
