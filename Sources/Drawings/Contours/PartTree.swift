/// Closed contours as parts: outlines with their holes, and parts that lie in the holes of others.
///
/// Invariants: each contour with an area is the outline of one part or a hole of one; an owner is a part whose outline is larger, so that
/// no part lies in itself. What crosses is where its nesting says, by the smallest contour around it.
package struct PartTree: Sendable {
    package struct Part: Sendable {
        /// Its place in `Measurement.contours`, as those of the holes.
        package let outline: Int
        package fileprivate(set) var holes: [Int] = []
        /// The part in which it lies, by its number in `parts`: in a hole of that. Nil where it stands by itself.
        package fileprivate(set) var owner: Int?
        /// The contour around it: that hole.
        package fileprivate(set) var around: Int?
        /// The parts that lie in its holes, by their numbers.
        package fileprivate(set) var inner: [Int] = []
    }

    /// In the order of their outlines.
    package private(set) var parts: [Part] = []
    /// By contour, the part whose outline or hole it is, or -1.
    private var owners: [Int32]

    /// - Parameter loops: with their nesting.
    init(_ loops: [Loop]) {
        owners = [Int32](repeating: -1, count: loops.count)
        for (number, loop) in loops.enumerated() where loop.isOutline && !loop.isDuplicate {
            owners[number] = Int32(truncatingIfNeeded: parts.count)
            parts.append(Part(outline: number))
        }
        // What is around a contour is larger: from the largest to the smallest its part is known.
        let holes = loops.indices.filter { loops[$0].isHole && !loops[$0].isDuplicate }
        for hole in holes.sorted(by: { loops[$0].area > loops[$1].area }) where loops[hole].parent >= 0 {
            owners[hole] = owners[Int(loops[hole].parent)]
        }
        for hole in holes { if let part = part(of: hole) { parts[part].holes.append(hole) } }
        for number in parts.indices {
            let parent = Int(loops[parts[number].outline].parent)
            guard parent >= 0, let owner = part(of: parent) else { continue }
            (parts[number].owner, parts[number].around) = (owner, parent)
            parts[owner].inner.append(number)
        }
    }

    /// The part whose outline or hole a contour is; nil where it has no area.
    package func part(of contour: Int) -> Int? { owners[contour] < 0 ? nil : Int(owners[contour]) }

    /// The outline and the holes of a part, and those of all parts that lie in it.
    package func contours(within part: Int) -> [Int] {
        var (contours, waiting): ([Int], [Int]) = ([], [part])
        while let next = waiting.popLast() {
            contours.append(parts[next].outline)
            contours += parts[next].holes
            waiting += parts[next].inner
        }
        return contours.sorted()
    }
}
