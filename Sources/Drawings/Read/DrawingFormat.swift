import Values

extension Drawing {
    /// Reads a DXF drawing, in text or binary, or a LightBurn project. Throws `.input` with the place of the first invalid byte. A
    /// LightBurn project can draw the same path repeatedly: at most `mostCopies` of its primitives are accepted.
    package init(reading bytes: UnsafeRawBufferPointer, mostCopies: Int = 1_000_000) throws {
        let sentinel = BinaryTags.sentinel
        guard let base = bytes.baseAddress, !bytes.isEmpty else {
            throw Failure(.input, .drawingReader, "not a DXF drawing: the file is empty")
        }
        if LBRNReader.isMarkup(bytes) {
            self = try LBRNReader.read(bytes, mostCopies: mostCopies)
            return
        }
        let isBinary =
            bytes.count >= sentinel.utf8CodeUnitCount
            && (0..<sentinel.utf8CodeUnitCount).allSatisfy { bytes[$0] == sentinel.utf8Start[$0] }
        if isBinary {
            var reader = DrawingReader(BinaryTags(bytes, from: sentinel.utf8CodeUnitCount), bytes)
            self = try reader.read()
        } else {
            let hasMark = bytes.count >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF
            let text = UnsafeBufferPointer(start: base.assumingMemoryBound(to: UInt8.self), count: bytes.count)
            var reader = DrawingReader(TextTags(text, from: hasMark ? 3 : 0), bytes)
            self = try reader.read()
        }
    }

    package init(reading bytes: [UInt8], mostCopies: Int = 1_000_000) throws {
        self = try bytes.withUnsafeBytes { try Drawing(reading: $0, mostCopies: mostCopies) }
    }
}
