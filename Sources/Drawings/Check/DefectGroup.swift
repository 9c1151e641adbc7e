import Values

/// Similar defects as one: of the same kind and severity, and with consequences that differ only in their numbers.
package struct DefectGroup: Sendable {
    /// The first defect of the group.
    package let defect: Defect
    package private(set) var count = 1
    /// The first three places.
    package private(set) var places: [Point] = []
    private var smallest: Double?
    private var largest: Double?
    private var seconds: Double?

    /// The number of places that are shown for a group.
    private static let shown = 3

    private struct Key: Hashable {
        let severity: Defect.Severity
        let kind: Defect.Kind
        let words: String

        init(_ defect: Defect) {
            (severity, kind) = (defect.severity, defect.kind)
            // The numbers in the text are sizes, which can differ slightly.
            var text = defect.consequence
            words = text.withUTF8 { bytes in
                String(unsafeUninitializedCapacity: bytes.count) { out in
                    var count = 0
                    for byte in bytes where !(byte &- 0x30 < 10 || byte == 0x2E || byte == 0x2D) {
                        out[count] = byte
                        count += 1
                    }
                    return count
                }
            }
        }
    }

    private init(_ defect: Defect) {
        self.defect = defect
        add(sizeOf: defect)
    }

    private mutating func add(sizeOf other: Defect) {
        if let place = other.place, places.count < Self.shown { places.append(place) }
        if let size = other.sizeMM { (smallest, largest) = (min(smallest ?? size, size), max(largest ?? size, size)) }
        if let more = other.seconds { seconds = (seconds ?? 0) + more }
    }

    /// Returns groups in the order of their first defects. Up to three similar defects stay separate.
    package static func grouped(_ defects: [Defect]) -> [DefectGroup] {
        var numbers: [Key: Int] = [:], counts: [Int] = []
        let alike = defects.map { defect in
            let key = Key(defect), number = numbers[key] ?? counts.count
            if number == counts.count {
                numbers[key] = number
                counts.append(0)
            }
            counts[number] += 1
            return number
        }
        var groups: [DefectGroup] = [], places = [Int?](repeating: nil, count: counts.count)
        for (defect, number) in zip(defects, alike) {
            if let place = places[number] {
                groups[place].count += 1
                groups[place].add(sizeOf: defect)
                continue
            }
            if counts[number] > shown { places[number] = groups.count }
            groups.append(DefectGroup(defect))
        }
        return groups
    }

    package static func single(_ defects: [Defect]) -> [DefectGroup] { defects.map(DefectGroup.init) }

    /// The total time of the defects, if the feed is known.
    package var totalSeconds: Double? { seconds }

    /// The text: `a slot of 0.8 mm is ...; 11 more like it, 0.8 to 1.2 mm, at 14,30 and 20,24`.
    package var consequence: String {
        guard count > 1 else { return defect.consequence }
        var more = "\(count - 1) more like it"
        if let smallest, let largest, largest - smallest > 0.001 {
            more += ", \(Values.shown(smallest)) to \(Values.shown(largest)) mm"
        }
        let others = places.dropFirst().map { "\(Values.shown($0.x)),\(Values.shown($0.y))" }
        if !others.isEmpty { more += ", at " + others.joined(separator: " and ") }
        return "\(defect.consequence); \(more)"
    }
}
