import Values

/// Reads the bytes of an encrypted file: lines first, then blocks.
final class AgeInput {
    let name: String
    private let source: AgeReader.Source
    private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
    private var (start, end) = (0, 0)

    init(name: String, source: @escaping AgeReader.Source) { (self.name, self.source) = (name, source) }

    deinit { buffer.deallocate() }

    var damagedHeader: Failure {
        Failure(.input, .age, "the header of \(name) is damaged", hint: "take another copy of the file")
    }

    /// The next line without its end; nil if the file ends before it does.
    /// - Throws: `input` for a longer line.
    func line(atMost limit: Int) throws -> [UInt8]? {
        var line: [UInt8] = []
        while true {
            if start == end, try !refill() { return nil }
            let ready = buffer[start..<end], stop = ready.firstIndex(of: 10)
            line += buffer[start..<(stop ?? end)]
            guard line.count <= limit else { throw damagedHeader }
            start = stop.map { $0 + 1 } ?? end
            if stop != nil { return line }
        }
    }

    /// Fills a block. Returns the number of bytes, fewer only at the end.
    func fill(_ block: UnsafeMutableRawBufferPointer) throws -> Int {
        var count = min(block.count, end - start)
        block.copyMemory(from: UnsafeRawBufferPointer(rebasing: buffer[start..<(start + count)]))
        start += count
        while count < block.count,
            case let more = try source(UnsafeMutableRawBufferPointer(rebasing: block[count...])), more > 0
        { count += more }
        return count
    }

    private func refill() throws -> Bool {
        (start, end) = (0, try source(buffer))
        return end > 0
    }
}
