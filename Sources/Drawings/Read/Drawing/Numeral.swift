import Glibc

/// Parses numbers of drawings: `12.5`, `-30,44`, `1E-3`.
enum Numeral {
    /// Returns the number at the beginning of the bytes, correctly rounded; NaN if there is none.
    @inline(__always)
    static func real(_ bytes: UnsafeBufferPointer<UInt8>) -> Double {
        guard var p = bytes.baseAddress else { return .nan }
        let end = p + bytes.count
        var negative = false
        if p < end, p.pointee == 0x2D || p.pointee == 0x2B {
            negative = p.pointee == 0x2D
            p += 1
        }
        let first = p
        var mantissa: UInt64 = 0
        while p < end, p.pointee &- 0x30 < 10 {
            mantissa = mantissa &* 10 &+ UInt64(p.pointee &- 0x30)
            p += 1
        }
        var digits = p - first
        var exponent = 0
        if p < end, p.pointee == 0x2E || p.pointee == 0x2C {
            p += 1
            let afterPoint = p
            while p < end, p.pointee &- 0x30 < 10 {
                mantissa = mantissa &* 10 &+ UInt64(p.pointee &- 0x30)
                p += 1
            }
            exponent = afterPoint - p
            digits += p - afterPoint
        }
        guard digits > 0 else { return .nan }
        if p < end || digits > 19 || exponent < -19 { return slowReal(bytes) }
        let size = quotient(mantissa, exponent)
        return negative ? -size : size
    }

    /// Returns `mantissa * 10^exponent` for exponents from -19 to 0, with one 128-bit division that is rounded to even.
    @inline(__always)
    private static func quotient(_ mantissa: UInt64, _ exponent: Int) -> Double {
        if exponent == 0 { return Double(mantissa) }
        if mantissa < 1 << 53, exponent >= -22 { return Double(mantissa) / exactPower(-exponent) }
        let divisor = wholePower(-exponent)
        let shift = divisor.leadingZeroBitCount
        // As the divisor's top bit is set and the dividend's is clear, the quotient has 62 to 64 bits.
        let lead = mantissa.leadingZeroBitCount
        let high = (mantissa << UInt64(lead)) >> 1
        let low = (mantissa << UInt64(lead)) << 63
        var (bits, rest) = (divisor << UInt64(shift)).dividingFullWidth((high, low))
        if rest != 0 { bits |= 1 }
        return scalbn(roundedToEven(bits), Int32(1 - lead + shift - 64))
    }

    /// Rounds 62 to 64 bits, the last of them sticky, to a double.
    private static func roundedToEven(_ bits: UInt64) -> Double { Double(bits) }

    @inline(__always)
    private static func wholePower(_ n: Int) -> UInt64 { powers[n] }
    @inline(__always)
    private static func exactPower(_ n: Int) -> Double { Double(powers[n]) }

    private static let powers: [UInt64] = (0...19).map { n in (0..<n).reduce(UInt64(1)) { power, _ in power * 10 } }

    /// Parses numbers with exponents, more than 19 digits or trailing characters.
    @inline(never)
    private static func slowReal(_ bytes: UnsafeBufferPointer<UInt8>) -> Double {
        var text = bytes.prefix(400).map { CChar(truncatingIfNeeded: $0 == 0x2C ? 0x2E : ($0 | 0x20) == 0x64 ? 0x45 : $0) }
        // strtod accepts hexadecimal numbers, `inf` and `nan`, which are not numbers in DXF.
        text.append(0)
        let sign = text[0] == 0x2D || text[0] == 0x2B ? 1 : 0
        if text.count > sign + 1, text[sign] == 0x30, text[sign + 1] | 0x20 == 0x78 { return 0 }
        return text.withUnsafeBufferPointer { strtod($0.baseAddress!, nil) }
    }

    /// Returns the integer at the beginning of the bytes, clamped to 32 bits; 0 if there is none.
    static func whole(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        var value = 0
        var negative = false
        for (index, byte) in bytes.enumerated() {
            if index == 0, byte == 0x2D || byte == 0x2B {
                negative = byte == 0x2D
                continue
            }
            guard byte &- 0x30 < 10 else { break }
            value = Swift.min(value * 10 + Int(byte &- 0x30), Int(Int32.max))
        }
        return negative ? -value : value
    }
}
