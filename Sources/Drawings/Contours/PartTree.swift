/// Closed contours as parts: outlines with their holes, and parts that lie in the holes of others.
///
/// Invariants: each contour with an area is the outline of one part or a hole of one part; the outline of an owner is larger than that of
/// the owned part, so that no part owns itself. A contour that crosses others belongs to the smallest contour that the nesting found
/// around it.
package struct PartTree: Sendable {
    package struct Part: Sendable {
        /// The index of the outline in `Measurement.contours`; the holes have such indices, too.
        package let outline: Int
        package fileprivate(set) var holes: [Int] = []
        /// The number in `parts` of the part in one of whose holes this part lies; nil if it lies in none.
        package fileprivate(set) var owner: Int?
        /// The contour of that hole.
        package fileprivate(set) var around: Int?
        /// The numbers of the parts that lie in the holes of this part.
        package fileprivate(set) var inner: [Int] = []
    }

    /// The parts in the order of their outlines.
    package private(set) var parts: [Part] = []
    /// For each contour the number of the part whose outline or hole it is, or -1.
    private var owners: [Int32]

    /// - Parameter loops: the contours, with their nesting.
    init(_ loops: [Loop]) {
        owners = [Int32](repeating: -1, count: loops.count)
        for (number, loop) in loops.enumerated() where loop.isOutline && !loop.isDuplicate {
            owners[number] = Int32(truncatingIfNeeded: parts.count)
            parts.append(Part(outline: number))
        }
        // The contour around a hole is larger, so in descending order of area its part is known.
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

    /// Returns the number of the part whose outline or hole a contour is; nil if the contour has no area.
    package func part(of contour: Int) -> Int? { owners[contour] < 0 ? nil : Int(owners[contour]) }

    /// Returns the outline and the holes of a part and of all parts that lie in it.
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
