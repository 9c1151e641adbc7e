import Values

/// The bytes of a tar file. At a missing end libarchive stops as at the right one.
final class TarInput: ArchiveInput {
    private let source: ArchiveInput
    private var count = 0, zeros = 0

    init(_ source: ArchiveInput) {
        self.source = source
        super.init(name: source.name)
    }

    override func next() throws -> UnsafeRawBufferPointer {
        let bytes = try source.next()
        var start = bytes.count
        while start > 0, bytes[start - 1] == 0 { start -= 1 }
        zeros = start == 0 ? zeros + bytes.count : bytes.count - start
        count += bytes.count
        return bytes
    }

    /// Reads to the end.
    /// - Parameter taken: the number of bytes up to the end that libarchive has found.
    /// - Throws: `input` if there are not the two empty blocks that end a tar file, or if there is something behind them.
    func finish(_ place: EntryPlace, taken: Int) throws {
        while try !next().isEmpty {}
        // The last file is filled up with zeros to whole blocks of 512 bytes.
        let end = (count - zeros + 511) / 512 * 512
        guard count - end >= 1024 else { throw place.wrong("is cut short: the end of the tar file is missing") }
        guard count - zeros <= taken else { throw place.wrong("goes on after its end") }
    }
}
