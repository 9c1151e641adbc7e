/// Base64 as age headers have it: without padding, and in the one canonical form.
enum AgeBase64 {
    private static let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    private static let values: [UInt8] = {
        var values = [UInt8](repeating: 255, count: 256)
        for (i, digit) in digits.enumerated() { values[Int(digit)] = UInt8(i) }
        return values
    }()

    static func encode(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = [], held = 0, bits = 0
        for byte in bytes {
            held = (held << 8 | Int(byte)) & 0xffff
            bits += 8
            while bits >= 6 {
                bits -= 6
                text.append(digits[held >> bits & 63])
            }
        }
        if bits > 0 { text.append(digits[held << (6 - bits) & 63]) }
        return String(decoding: text, as: UTF8.self)
    }

    /// Returns nil for padding, another character, or bits that no byte has.
    static func decode(_ text: some Collection<UInt8>) -> [UInt8]? {
        var bytes: [UInt8] = [], held = 0, bits = 0
        for digit in text {
            let value = values[Int(digit)]
            guard value < 64 else { return nil }
            held = (held << 6 | Int(value)) & 0xffff
            bits += 6
            if bits >= 8 {
                bits -= 8
                bytes.append(UInt8(held >> bits & 255))
            }
        }
        return bits < 6 && held & (1 << bits - 1) == 0 ? bytes : nil
    }
}
