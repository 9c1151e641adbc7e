import Values

/// Reads JSON strings.
extension RecordReader {
    /// Reads a string after its opening quote into the arena, and resolves escapes.
    func readString(_ column: Int) throws {
        let start = used
        at += 1
        var isASCII = true
        while true {
            var place = at, bits: UInt8 = 0
            while place < end {
                let byte = window[place]
                if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte < 32 { break }
                bits |= byte
                place += 1
            }
            append(window + at, place - at, from: start, column)
            at = place
            if let fault { throw failure(fault) }
            if bits >= 0x80 { isASCII = false }
            guard let byte = try peek() else { throw wrong("opens a string that is never closed", column) }
            if byte == UInt8(ascii: "\"") {
                at += 1
                break
            }
            if byte == UInt8(ascii: "\\") {
                try readEscape(from: start, column)
            } else if byte < 32 {
                throw wrong("has a control character in a string", column)
            }
        }
        if !isASCII { check(utf8: start, column) }
        if let fault { throw failure(fault) }
    }

    private func readEscape(from start: Int, _ column: Int) throws {
        at += 1
        guard let letter = try peek() else { throw wrong("ends within a string", column) }
        at += 1
        var byte: UInt8
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): byte = letter
        case UInt8(ascii: "b"): byte = 8
        case UInt8(ascii: "f"): byte = 12
        case UInt8(ascii: "n"): byte = 10
        case UInt8(ascii: "r"): byte = 13
        case UInt8(ascii: "t"): byte = 9
        case UInt8(ascii: "u"):
            let scalar = try readScalar(column)
            guard let encoded = UTF8.encode(scalar) else { throw wrong("has an escape that is no character", column) }
            for var unit in encoded { append(&unit, 1, from: start, column) }
            return
        default: throw wrong("has an escape that JSON does not know", column)
        }
        append(&byte, 1, from: start, column)
    }

    /// The character of `\uXXXX`, or of a surrogate pair.
    private func readScalar(_ column: Int) throws -> Unicode.Scalar {
        let unit = try readHex(column)
        if unit == 0 { throw wrong("holds a NUL character", column) }
        if let scalar = Unicode.Scalar(unit) { return scalar }
        guard unit < 0xDC00, try take(UInt8(ascii: "\\")), try take(UInt8(ascii: "u")) else {
            throw wrong("has half a pair of surrogates", column)
        }
        let low = try readHex(column)
        guard (0xDC00..<0xE000).contains(low), let scalar = Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)) else {
            throw wrong("has half a pair of surrogates", column)
        }
        return scalar
    }

    private func take(_ wanted: UInt8) throws -> Bool {
        guard try peek() == wanted else { return false }
        at += 1
        return true
    }

    private func readHex(_ column: Int) throws -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = try peek(), let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                throw wrong("has an escape that is not four hexadecimal digits", column)
            }
            value = value << 4 | UInt32(digit)
            at += 1
        }
        return value
    }
}
