/// Sets of things that are numbered from 0, which are united two at a time. One thing of each is its root.
struct DisjointSets {
    private var parents: [Int32]

    /// Each thing is a set of its own.
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
            // Path halving: later calls have half as far to go.
            if next != parent { parents[thing] = Int32(truncatingIfNeeded: next) }
            thing = next
        }
    }

    /// The root of the second is that of both.
    mutating func unite(_ first: Int, into second: Int) { unite(root: root(first), into: root(second)) }

    /// Of two roots the second becomes that of both.
    mutating func unite(root first: Int, into second: Int) { parents[first] = Int32(truncatingIfNeeded: second) }
}
