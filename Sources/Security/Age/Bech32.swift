/// The text form of age keys (BIP 173): a prefix, `1`, and digits of five bits with a checksum. As in age, a text may be of any length.
enum Bech32 {
    enum Fault: Error { case mixedCase, character, separator, checksum, padding }

    private static let digits = Array("qpzry9x8gf2tvdw0s3jn54khce6mua7l".utf8)
    private static let values: [UInt8: UInt8] = Dictionary(uniqueKeysWithValues: digits.enumerated().map { ($1, UInt8($0)) })

    /// - Parameter prefix: in lower case.
    static func encode(prefix: String, _ bytes: [UInt8]) -> String {
        let five = regroup(bytes, from: 8, to: 5, pads: true)!
        let sum = polymod(expand(Array(prefix.utf8)) + five + [0, 0, 0, 0, 0, 0]) ^ 1
        let check = (0..<6).map { UInt8(truncatingIfNeeded: sum >> (5 * (5 - $0)) & 31) }
        return prefix + "1" + String(decoding: (five + check).map { digits[Int($0)] }, as: UTF8.self)
    }

    /// - Returns: the prefix in the case of the text.
    static func decode(_ text: String) throws(Fault) -> (prefix: String, bytes: [UInt8]) {
        let all = Array(text.utf8)
        guard all.allSatisfy({ (33...126).contains($0) }) else { throw .character }
        let upper = all.contains { (65...90).contains($0) }
        guard !upper || !all.contains(where: { (97...122).contains($0) }) else { throw .mixedCase }
        let lower = all.map { (65...90).contains($0) ? $0 + 32 : $0 }
        guard let one = lower.lastIndex(of: UInt8(ascii: "1")), one > 0, lower.count - one > 6 else { throw .separator }
        var five: [UInt8] = []
        for digit in lower[(one + 1)...] {
            guard let value = values[digit] else { throw .character }
            five.append(value)
        }
        guard polymod(expand(Array(lower[..<one])) + five) == 1 else { throw .checksum }
        guard let bytes = regroup(Array(five.dropLast(6)), from: 5, to: 8, pads: false) else { throw .padding }
        return (String(decoding: all[..<one], as: UTF8.self), bytes)
    }

    private static func polymod(_ values: [UInt8]) -> UInt32 {
        let generator: [UInt32] = [0x3b6a_57b2, 0x2650_8e6d, 0x1ea1_19fa, 0x3d42_33dd, 0x2a14_62b3]
        var sum: UInt32 = 1
        for value in values {
            let top = sum >> 25
            sum = (sum & 0x1ff_ffff) << 5 ^ UInt32(value)
            for (i, part) in generator.enumerated() where top >> UInt32(i) & 1 == 1 { sum ^= part }
        }
        return sum
    }

    private static func expand(_ prefix: [UInt8]) -> [UInt8] { prefix.map { $0 >> 5 } + [0] + prefix.map { $0 & 31 } }

    /// Returns nil if what is left over is more than the padding of the last group.
    private static func regroup(_ values: [UInt8], from: Int, to: Int, pads: Bool) -> [UInt8]? {
        var held = 0, bits = 0, out: [UInt8] = []
        for value in values {
            held = (held << from | Int(value)) & 0xfff
            bits += from
            while bits >= to {
                bits -= to
                out.append(UInt8(held >> bits & (1 << to - 1)))
            }
        }
        let rest = held & (1 << bits - 1)
        if pads {
            if bits > 0 { out.append(UInt8(rest << (to - bits))) }
        } else if bits >= from || rest != 0 {
            return nil
        }
        return out
    }
}
