import Values

/// Sets the local times of a zip file to those of a fixed zone: libarchive takes the zone of the process, so that the same files would make
/// other bytes elsewhere. The times in UTC, which newer programs read, are libarchive's.
struct ZipTimes {
    /// Whether the entries are written, and the directory follows.
    var isInDirectory = false
    private var times: [UInt32] = []
    /// Whether the next piece is the record in front of an entry's data.
    private var isAtEntry = false
    /// How many records of the directory are done, and how many bytes of the last one are yet to come.
    private var done = 0, rest = 0

    /// Notes the time of the next entry.
    mutating func add(_ moment: Moment, _ zone: Zone) {
        times.append(ZipTimes.local(moment, zone))
        isAtEntry = true
    }

    /// Two seconds are the unit; the years are 1980 to 2107.
    private static func local(_ moment: Moment, _ zone: Zone) -> UInt32 {
        let local = Moment(ms: moment.ms + zone.offset(at: moment) * 1000), day = local.day(offset: 0)
        let civil = day.civil, seconds = (local.ms - day.number * 86_400_000) / 1000
        guard civil.year >= 1980 else { return 1 << 21 | 1 << 16 }
        guard civil.year <= 2107 else { return 0xFF9F_BF7D }
        let date = (civil.year - 1980) << 25 | civil.month << 21 | civil.day << 16
        return UInt32(date | (seconds / 3600) << 11 | (seconds / 60 % 60) << 5 | seconds % 60 / 2)
    }

    /// Passes on a piece of the file. libarchive writes the fixed part of each record whole.
    mutating func setting(in bytes: UnsafeRawBufferPointer, _ sink: File.Sink) throws {
        let (fixed, place) = isInDirectory ? (46, 12) : (30, 10), mark: [UInt8] = isInDirectory ? [0x50, 0x4B, 1, 2] : [0x50, 0x4B, 3, 4]
        guard isInDirectory || isAtEntry else { return try sink(bytes) }
        isAtEntry = false
        var copy = Array(bytes), at = min(rest, copy.count)
        rest -= at
        while copy.count - at >= fixed, copy[at..<at + 4].elementsEqual(mark) {
            let time = isInDirectory ? times[done] : times[times.count - 1]
            for i in 0..<4 { copy[at + place + i] = UInt8(truncatingIfNeeded: time >> (8 * UInt32(i))) }
            guard isInDirectory else { break }
            done += 1
            let texts = [28, 30, 32].reduce(0) { $0 + (Int(copy[at + $1]) | Int(copy[at + $1 + 1]) << 8) }
            rest = texts - min(texts, copy.count - at - fixed)
            at += fixed + texts - rest
        }
        try copy.withUnsafeBytes(sink)
    }
}
