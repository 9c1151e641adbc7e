/// Names of layers, blocks and types, each stored once and numbered. ASCII names are compared without regard to case, as in DXF. Other
/// bytes are interpreted later, because in some code pages the second byte of a character is in the ASCII range: see `Drawing.mergeNames`.
struct Names: Sendable {
    private var slots: [Int32]
    private var bytes: [UInt8] = []
    private var ends: [Int] = []

    init() { slots = [Int32](repeating: -1, count: 64) }

    var count: Int { ends.count }

    /// Returns the number of a name, which is new if the name is.
    mutating func number(_ name: UnsafeBufferPointer<UInt8>) -> UInt32 {
        if ends.count * 2 >= slots.count { grow() }
        var slot = Self.hash(name) & (slots.count - 1)
        while slots[slot] >= 0 {
            if equals(name, Int(slots[slot])) { return UInt32(slots[slot]) }
            slot = (slot + 1) & (slots.count - 1)
        }
        slots[slot] = Int32(ends.count)
        bytes.append(contentsOf: name)
        ends.append(bytes.count)
        return UInt32(ends.count - 1)
    }

    mutating func number(_ name: String) -> UInt32 {
        var name = name
        return name.withUTF8 { number($0) }
    }

    /// Returns the name as first written, in the drawing's encoding.
    func raw(_ number: UInt32) -> ArraySlice<UInt8> {
        let index = Int(number)
        guard index < ends.count else { return [] }
        return bytes[(index == 0 ? 0 : ends[index - 1])..<ends[index]]
    }

    private mutating func grow() {
        slots = [Int32](repeating: -1, count: slots.count * 4)
        for index in ends.indices {
            var slot = raw(UInt32(index)).withUnsafeBufferPointer { Self.hash($0) } & (slots.count - 1)
            while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = Int32(index)
        }
    }

    private func equals(_ name: UnsafeBufferPointer<UInt8>, _ index: Int) -> Bool {
        let known = raw(UInt32(index))
        guard known.count == name.count else { return false }
        var (isSame, isPlain) = (true, true)
        for (a, b) in zip(known, name) {
            guard Self.folded(a) == Self.folded(b) else { return false }
            isSame = isSame && a == b
            isPlain = isPlain && a < 0x80
        }
        return isSame || isPlain
    }

    private static func folded(_ byte: UInt8) -> UInt8 { byte &- 0x61 < 26 ? byte & 0xDF : byte }

    /// FNV-1a of the bytes in upper case.
    private static func hash(_ name: UnsafeBufferPointer<UInt8>) -> Int {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in name { hash = (hash ^ UInt64(folded(byte))) &* 0x100_0000_01B3 }
        return Int(truncatingIfNeeded: (hash ^ hash >> 29) & 0x7FFF_FFFF)
    }
}
