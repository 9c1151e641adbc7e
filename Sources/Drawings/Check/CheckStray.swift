import Values

/// Pieces far from all others in a drawing, which are usually left over by mistake.
struct Strays {
    struct Piece {
        let box: Box
        /// Its number among the boxes.
        let number: Int
        /// The distance to the box of the other pieces.
        let distance: Double
    }

    /// The box of all other pieces.
    private(set) var main = Box()
    private(set) var pieces: [Piece] = []

    /// How many times more contours the rest of the drawing has. A single piece can also be a stray if it is much further away.
    private static let fewer = 4
    /// The minimum distance of a piece from the rest, in sizes of the rest and in millimetres.
    private static let far = (sizes: 3.0, distance: 500.0), farAlone = (sizes: 10.0, distance: 2000.0)
    /// The number of intervals of each side of the drawing, and the minimum number of empty intervals between a piece and the rest.
    private static let parts = 64, leastEmpty = 16

    /// - Parameter boxes: the boxes of the contours, in millimetres.
    init(_ boxes: [Box]) {
        for box in boxes { main.include(box) }
        var rest = boxes.indices.map { $0 }
        while rest.count > 2, let split = Self.split(rest, boxes, main) {
            var around = Box(), apart = Box()
            for number in split.rest { around.include(boxes[number]) }
            for number in split.few { apart.include(boxes[number]) }
            let distance = Self.distance(around, apart), isAlone = split.few.count * Self.fewer > split.rest.count
            let far = isAlone ? Self.farAlone : Self.far
            guard distance >= far.distance, distance >= far.sizes * max(around.width, around.height) else { break }
            pieces += split.few.map { Piece(box: boxes[$0], number: $0, distance: Self.distance(around, boxes[$0])) }
            (rest, main) = (split.rest, around)
        }
    }

    /// Divides the boxes at the widest empty stretch in x or y.
    private static func split(_ numbers: [Int], _ boxes: [Box], _ around: Box) -> (rest: [Int], few: [Int])? {
        var widest: (empty: Int, at: Double, isAcross: Bool)?
        for isAcross in [true, false] {
            let (start, length) = isAcross ? (around.min.x, around.width) : (around.min.y, around.height)
            guard length > 0 else { continue }
            var isTaken = [Bool](repeating: false, count: parts)
            for box in numbers.lazy.map({ boxes[$0] }) {
                let (from, to) = isAcross ? (box.min.x, box.max.x) : (box.min.y, box.max.y)
                let first = part(from, start, length), last = part(to, start, length)
                for place in first...max(first, last) { isTaken[place] = true }
            }
            var empty = 0
            for place in 0..<parts {
                empty = isTaken[place] ? 0 : empty + 1
                guard empty > widest?.empty ?? leastEmpty - 1 else { continue }
                widest = (empty, start + (Double(place + 1) - Double(empty) / 2) / Double(parts) * length, isAcross)
            }
        }
        guard let widest else { return nil }
        func isBelow(_ number: Int) -> Bool { (widest.isAcross ? boxes[number].center.x : boxes[number].center.y) < widest.at }
        let lower = numbers.filter(isBelow), upper = numbers.filter { !isBelow($0) }
        let (few, rest) = lower.count < upper.count ? (lower, upper) : (upper, lower)
        return few.count == 1 && rest.count > 1 || !few.isEmpty && few.count * fewer <= rest.count ? (rest, few) : nil
    }

    private static func part(_ at: Double, _ start: Double, _ length: Double) -> Int {
        min(max(Int((at - start) / length * Double(parts)), 0), parts - 1)
    }

    private static func distance(_ a: Box, _ b: Box) -> Double {
        let across = max(0, a.min.x - b.max.x, b.min.x - a.max.x), up = max(0, a.min.y - b.max.y, b.min.y - a.max.y)
        return (across * across + up * up).squareRoot()
    }
}

extension Checking {
    func strays(_ strays: Strays) {
        for piece in strays.pieces {
            let size = "\(shown(piece.box.width)) x \(shown(piece.box.height)) mm"
            add(
                .warning, .stray, piece.box.center, piece.distance, edges: measured.edges(of: [piece.number]),
                "a piece of \(size) lies \(shown(piece.distance)) mm from the rest: was it left over?")
        }
    }
}
