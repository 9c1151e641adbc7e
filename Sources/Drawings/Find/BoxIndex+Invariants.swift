extension BoxIndex {
    /// Describes the first violated invariant of the tree, for tests; nil if there is none. Visits every box.
    var brokenInvariant: String? {
        guard !items.isEmpty else { return boxes.isEmpty && levels.isEmpty ? nil : "a tree without items has boxes" }
        if items.sorted() != (0..<Int32(items.count)).map({ $0 }) { return "the leaves do not hold each item once" }
        if levels[0] != 0 { return "the leaves are not first" }
        var width = items.count
        for (level, start) in levels.enumerated() {
            let above = level + 1 < levels.count ? levels[level + 1] : boxes.count
            if above - start != width { return "level \(level) has \(above - start) boxes, not \(width)" }
            if level + 1 == levels.count { return width == 1 ? nil : "there is more than one root" }
            for place in 0..<width where !boxes[above + place / Self.fan].contains(boxes[start + place]) {
                return "box \(place) of level \(level) is not within the one above it"
            }
            width = (width + Self.fan - 1) / Self.fan
        }
        return nil
    }
}

extension SparseIndex {
    /// Describes the first violated invariant of the index, for tests; nil if there is none.
    var brokenInvariant: String? {
        if let broken = index.brokenInvariant { return broken }
        for (item, leaf) in leaves.enumerated() where index.items[Int(leaf)] != item { return "item \(item) is not at its leaf" }
        if counts.prefix(leaves.count).contains(where: { $0 < 0 || $0 > 1 }) { return "an item is present more than once" }
        for (level, start) in index.levels.enumerated().dropLast() {
            let above = index.levels[level + 1]
            for place in above..<(level + 2 < index.levels.count ? index.levels[level + 2] : counts.count) {
                let first = start + (place - above) * BoxIndex.fan
                if counts[first..<min(first + BoxIndex.fan, above)].reduce(0, +) != counts[place] {
                    return "a count is not the sum below it"
                }
            }
        }
        return nil
    }
}
