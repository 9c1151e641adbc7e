import Values

extension RecordReader {
    /// What the first bytes say about a file's format.
    struct Start {
        /// Whether the first character is that of JSON.
        var isJSON = false
        /// Whether there is no line at all.
        var isEmpty = false
        var delimiter = Delimiter.comma
        /// Whether the first line only declares the separator, and its length including the line end.
        var saysDelimiter = false, firstLine = 0

        init(_ window: UnsafeMutablePointer<UInt8>, _ end: Int) {
            var text = UnsafeBufferPointer(start: window, count: end)[...]
            if text.starts(with: [0xEF, 0xBB, 0xBF]) { text = text.dropFirst(3) }
            let line = text.prefix { $0 != 10 && $0 != 13 }
            if let said = Delimiter.said(line) {
                let isPair = text.dropFirst(line.count).starts(with: [13, 10])
                (delimiter, saysDelimiter, firstLine) = (said, true, line.count + (isPair ? 2 : min(1, text.count - line.count)))
                return
            }
            let rest = text.drop { $0 == 32 || $0 == 9 || $0 == 10 || $0 == 13 }
            isEmpty = end == 0
            isJSON = rest.first == UInt8(ascii: "{") || rest.first == UInt8(ascii: "[")
            delimiter = Delimiter.guessed(rest.prefix { $0 != 10 && $0 != 13 })
        }
    }

    /// Whether the file name is that of a table. An empty table has lost its header, so it is refused.
    static func isNamedAsTable(_ name: String) -> Bool {
        [".csv", ".tsv", ".txt", ".tab"].contains { name.lowercased().hasSuffix($0) }
    }

    /// - Throws: `input` if the first bytes are not UTF-8.
    static func checkStart(_ window: UnsafeMutablePointer<UInt8>, _ end: Int, _ name: String) throws {
        guard end >= 2 else { return }
        if (window[0] == 0xFF && window[1] == 0xFE) || (window[0] == 0xFE && window[1] == 0xFF) {
            throw Failure(
                .input, .recordReader, "\(name) is UTF-16 text", hint: "save it as UTF-8",
                faults: [.init(file: name, line: 1, "is UTF-16 text")])
        }
    }

    /// Whether the bytes are well-formed by table 3-7 of the Unicode standard, without overlong forms and surrogates.
    static func isUTF8(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        var i = 0
        while i < count {
            let byte = bytes[i]
            if byte < 0x80 {
                i += 1
                continue
            }
            let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2
            guard byte >= 0xC2, byte <= 0xF4, i + length <= count else { return false }
            let low: UInt8 = byte == 0xE0 ? 0xA0 : byte == 0xF0 ? 0x90 : 0x80
            let high: UInt8 = byte == 0xED ? 0x9F : byte == 0xF4 ? 0x8F : 0xBF
            guard bytes[i + 1] >= low, bytes[i + 1] <= high else { return false }
            for k in 2..<max(length, 2) where bytes[i + k] & 0xC0 != 0x80 { return false }
            i += length
        }
        return true
    }
}
