/// Disjoint sets of items that are numbered from 0 (union-find). One item of each set is its root.
struct DisjointSets {
    private var parents: [Int32]

    /// Each item is in its own set at first.
    init(count: Int) {
        parents = [Int32](unsafeUninitializedCapacity: count) { buffer, made in
            for thing in 0..<count { buffer[thing] = Int32(truncatingIfNeeded: thing) }
            made = count
        }
    }

    var count: Int { parents.count }

    mutating func root(_ thing: Int) -> Int {
        var thing = thing
        while true {
            let parent = Int(parents[thing])
            if parent == thing { return thing }
            let next = Int(parents[parent])
            // Path halving: it halves the path for later calls.
            if next != parent { parents[thing] = Int32(truncatingIfNeeded: next) }
            thing = next
        }
    }

    /// Unites two sets. The root of the second item becomes the root of both.
    mutating func unite(_ first: Int, into second: Int) { unite(root: root(first), into: root(second)) }

    /// Unites the sets of two roots. The second becomes the root of both.
    mutating func unite(root first: Int, into second: Int) { parents[first] = Int32(truncatingIfNeeded: second) }
}
