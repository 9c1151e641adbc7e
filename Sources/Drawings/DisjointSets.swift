/// Sets of things that are numbered from 0, which are united two at a time. One thing of each is its root.
struct DisjointSets {
    private var parents: [Int32]

    /// Each thing is a set of its own.
    init(count: Int) { parents = (0..<Int32(truncatingIfNeeded: count)).map { $0 } }

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
    mutating func unite(_ first: Int, into second: Int) { parents[root(first)] = Int32(truncatingIfNeeded: root(second)) }
}
