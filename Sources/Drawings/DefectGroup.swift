/// Faults that are alike, told as one: of one kind and severity, and of one consequence but for its numbers.
package struct DefectGroup: Sendable {
    /// The first of them.
    package let defect: Defect
    package private(set) var count = 1
    /// The first three.
    package private(set) var places: [Point] = []
    private var smallest: Double?
    private var largest: Double?
    private var seconds: Double?

    /// So many places stand for all of them.
    private static let shown = 3

    private struct Key: Hashable {
        let severity: Defect.Severity
        let kind: Defect.Kind
        let words: String

        init(_ defect: Defect) {
            (severity, kind) = (defect.severity, defect.kind)
            // The numbers in it are sizes, which differ by a hair.
            words = String(decoding: defect.consequence.utf8.filter { !($0 &- 0x30 < 10 || $0 == 0x2E || $0 == 0x2D) }, as: UTF8.self)
        }
    }

    private init(_ defect: Defect) {
        self.defect = defect
        add(sizeOf: defect)
    }

    private mutating func add(sizeOf other: Defect) {
        if let place = other.place, places.count < Self.shown { places.append(place) }
        smallest = [smallest, other.sizeMM].compactMap { $0 }.min()
        largest = [largest, other.sizeMM].compactMap { $0 }.max()
        if let more = other.seconds { seconds = (seconds ?? 0) + more }
    }

    /// In the order of the first of each. No more than three that are alike stay by themselves.
    package static func grouped(_ defects: [Defect]) -> [DefectGroup] {
        var groups: [DefectGroup] = [], known: [Key: Int] = [:]
        let keys = defects.map(Key.init)
        let counts = keys.reduce(into: [Key: Int]()) { $0[$1, default: 0] += 1 }
        for (defect, key) in zip(defects, keys) {
            if let place = known[key] {
                groups[place].count += 1
                groups[place].add(sizeOf: defect)
                continue
            }
            if counts[key] ?? 0 > shown { known[key] = groups.count }
            groups.append(DefectGroup(defect))
        }
        return groups
    }

    package static func single(_ defects: [Defect]) -> [DefectGroup] { defects.map(DefectGroup.init) }

    /// All the time that they cost, where the feed is known.
    package var totalSeconds: Double? { seconds }

    /// `a slot of 0.8 mm is ...; 11 more like it, 0.8 to 1.2 mm, at 14,30 and 20,24`
    package var consequence: String {
        guard count > 1 else { return defect.consequence }
        var more = "\(count - 1) more like it"
        if let smallest, let largest, largest - smallest > 0.001 {
            more += ", \(Drawings.shown(smallest)) to \(Drawings.shown(largest)) mm"
        }
        let others = places.dropFirst().map { "\(Drawings.shown($0.x)),\(Drawings.shown($0.y))" }
        if !others.isEmpty { more += ", at " + others.joined(separator: " and ") }
        return "\(defect.consequence); \(more)"
    }
}
