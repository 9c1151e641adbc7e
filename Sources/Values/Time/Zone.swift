import Glibc

/// A time zone, read from the system's TZif files (RFC 8536), because FoundationEssentials has no named time zones.
package struct Zone: Sendable {
    /// The times, in seconds, at which the offset changes, with the new offset.
    private var changes: [(at: Int, offset: Int)] = []
    private var first = 0

    package static let utc = Zone()
    private init() {}

    /// - Throws: `outside` if the system has no such time zone.
    package init(named name: String) throws {
        if name == "UTC" { return }
        let sound = !name.isEmpty && !name.hasPrefix("/") && !name.split(separator: "/").contains("..")
        guard sound, let bytes = Zone.contents("/usr/share/zoneinfo/" + name), let read = Zone(bytes) else {
            throw Failure(
                .outside, .zone, "there is no time zone '\(name)' on this machine",
                hint: "install tzdata, or set time_zone to a name such as Africa/Johannesburg")
        }
        self = read
    }

    /// The offset in seconds east of UTC. After the last listed change the last offset applies: that is right for zones without daylight
    /// saving time, and for the others tzdata lists the changes up to 2037.
    package func offset(at moment: Moment) -> Int {
        let second = moment.ms >= 0 ? moment.ms / 1000 : (moment.ms - 999) / 1000
        var low = 0, high = changes.count
        while low < high {
            let middle = (low + high) / 2
            if changes[middle].at <= second { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? first : changes[low - 1].offset
    }

    /// The moment of so many minutes after midnight by the clocks of a day; they may go past the next midnight. A time that clocks skip is
    /// read as if they had not been put forward yet, and of a time that they show twice it is the first.
    package func moment(on day: Day, minute: Int) -> Moment {
        let local = day.number * 86_400_000 + minute * 60_000
        // No zone changes twice in two days: these are the offsets before and after a change, if there is one.
        let before = offset(at: Moment(ms: local - 86_400_000)), after = offset(at: Moment(ms: local + 86_400_000))
        let first = Moment(ms: local - before * 1000), second = Moment(ms: local - after * 1000)
        return before == after || offset(at: first) == before || offset(at: second) != after ? first : second
    }

    package func day(of moment: Moment) -> Day { moment.day(offset: offset(at: moment)) }

    private static func contents(_ path: String) -> [UInt8]? {
        guard let file = fopen(path, "re") else { return nil }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let count = fread(&bytes, 1, bytes.count, file)
        return Array(bytes[..<count])
    }

    private init?(_ bytes: [UInt8]) {
        func number(_ at: Int, _ size: Int) -> Int? {
            guard at >= 0, at + size <= bytes.count else { return nil }
            let value = bytes[at..<(at + size)].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            return size == 8 ? Int(Int64(bitPattern: value)) : Int(Int32(truncatingIfNeeded: value))
        }
        func block(_ at: Int) -> (times: Int, types: Int, length: (Int) -> Int)? {
            guard bytes.count >= at + 44, bytes[at..<(at + 4)].elementsEqual("TZif".utf8),
                let utc = number(at + 20, 4), let std = number(at + 24, 4), let leap = number(at + 28, 4),
                let times = number(at + 32, 4), let types = number(at + 36, 4), let letters = number(at + 40, 4)
            else { return nil }
            return (times, types, { size in 44 + times * (size + 1) + types * 6 + letters + leap * (size + 4) + std + utc })
        }
        // Versions 2 and later repeat the data with 64-bit times after the first block.
        guard let old = block(0), bytes[4] >= UInt8(ascii: "2"), let new = block(old.length(4)) else { return nil }
        let start = old.length(4) + 44
        let offset = { (type: Int) in number(start + new.times * 9 + type * 6, 4) }
        for i in 0..<new.times {
            guard let at = number(start + i * 8, 8), let offset = offset(Int(bytes[start + new.times * 8 + i])) else { return nil }
            changes.append((at, offset))
        }
        first = offset(0) ?? 0
    }
}
