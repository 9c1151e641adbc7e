/// Recognises by their first bytes other file types that clients send as drawings.
enum FileSignature {
    private static let known: [(start: String, hint: String)] = [
        ("AC1", "this is a DWG: save it as DXF"), ("%PDF", "this is a PDF: ask for the DXF that it was printed from"),
        ("PK\u{03}\u{04}", "this is a zip archive: unpack it"), ("Rar!", "this is a RAR archive: unpack it"),
        ("7z\u{BC}\u{AF}\u{27}\u{1C}", "this is a 7z archive: unpack it"),
        ("ISO-10303-21", "this is a STEP model: export its flat pattern as DXF"),
        ("solid", "this is an STL model: export its flat pattern as DXF"), ("%!PS", "this is PostScript: save it as DXF"),
        ("\u{89}PNG", "this is a picture"), ("\u{FF}\u{D8}\u{FF}", "this is a picture"),
    ]

    /// Explains why a file is not a drawing: the place of the first line that is not a group code, or that no pair is a section or an
    /// entity.
    static func reason(_ bytes: UnsafeRawBufferPointer, firstFault: Int?) -> String {
        guard let firstFault else { return "its group codes tell of no section and no entity" }
        return "no group code at byte \(firstFault), line \(line(at: firstFault, of: bytes))"
    }

    /// Returns the line number of a place. Lines end with LF, CR or CRLF.
    private static func line(at place: Int, of bytes: UnsafeRawBufferPointer) -> Int {
        var (line, isAfterReturn) = (1, false)
        for byte in bytes[..<place] {
            if byte == 0x0D || byte == 0x0A && !isAfterReturn { line += 1 }
            isAfterReturn = byte == 0x0D
        }
        return line
    }

    static func hint(_ bytes: UnsafeRawBufferPointer) -> String? {
        // The signatures are in Latin-1: a scalar is a byte.
        known.first { start, _ in
            bytes.starts(with: start.unicodeScalars.lazy.map { UInt8(truncatingIfNeeded: $0.value) })
        }?.hint
    }
}
