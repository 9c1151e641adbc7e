/// Sets of things that are numbered from 0, which are united two at a time. One thing of each is its root.
struct DisjointSets {
    private var parents: [Int32]

    /// Each thing is a set of its own.
    init(count: Int) { parents = Array(0..<Int32(truncatingIfNeeded: count)) }

    var count: Int { parents.count }

    mutating func root(_ thing: Int) -> Int {
        var thing = thing
        while Int(parents[thing]) != thing {
            parents[thing] = parents[Int(parents[thing])]
            thing = Int(parents[thing])
        }
        return thing
    }

    /// The root of the second is that of both.
    mutating func unite(_ first: Int, into second: Int) { unite(root: root(first), into: root(second)) }

    /// Of two roots the second becomes that of both.
    mutating func unite(root first: Int, into second: Int) { parents[first] = Int32(truncatingIfNeeded: second) }
}
