/// The tags of a drawing: pairs of a group code and a value, read in order without copying.
protocol TagSource {
    /// The group code of the current tag.
    var code: Int { get }
    /// The current value as a number; NaN if it is not a number.
    var real: Double { get }
    /// The current value as an integer.
    var whole: Int { get }
    /// The current value as text, without blanks around it.
    var bytes: UnsafeBufferPointer<UInt8> { get }
    /// The byte offset of the first input that was not a pair of code and value.
    var firstFault: Int? { get }

    /// Moves to the next tag. Returns false at the end.
    mutating func next() -> Bool
    /// Moves to the next tag with the code 0, which starts a record. Returns false at the end.
    mutating func nextRecord() -> Bool
}

extension TagSource {
    mutating func nextRecord() -> Bool {
        while next() { if code == 0 { return true } }
        return false
    }
}

/// The tags of a text drawing: a line with the code, a line with the value.
struct TextTags: TagSource {
    private let start: UnsafePointer<UInt8>
    private let end: UnsafePointer<UInt8>
    private var p: UnsafePointer<UInt8>
    private var valueStart: UnsafePointer<UInt8>
    private var valueEnd: UnsafePointer<UInt8>
    private(set) var code = -1
    private(set) var firstFault: Int?

    init(_ input: UnsafeBufferPointer<UInt8>, from first: Int) {
        start = input.baseAddress!
        end = start + input.count
        p = start + first
        (valueStart, valueEnd) = (p, p)
    }

    var bytes: UnsafeBufferPointer<UInt8> {
        @inline(__always) get { UnsafeBufferPointer(start: valueStart, count: valueEnd - valueStart) }
    }
    var real: Double { @inline(__always) get { Numeral.real(bytes) } }
    var whole: Int { Numeral.whole(bytes) }

    @inline(__always)
    mutating func next() -> Bool {
        repeat {
            guard nextCode() else { return false }
            readValue()
        } while code == 999
        return true
    }

    /// Moves to the next record without parsing values: a third of most files consists of records that are not read.
    mutating func nextRecord() -> Bool {
        while nextCode() {
            guard code != 0 else {
                readValue()
                return true
            }
            p = lineEnd(from: p)
            passLineEnd()
        }
        return false
    }

    /// Reads a group code. A line that is not an integer is skipped alone, so that reading synchronises with the pairs again.
    @inline(__always)
    private mutating func nextCode() -> Bool {
        while p < end {
            let tagStart = p
            while p < end, p.pointee == 0x20 || p.pointee == 0x09 { p += 1 }
            var negative = false
            if p < end, p.pointee == 0x2D || p.pointee == 0x2B {
                negative = p.pointee == 0x2D
                p += 1
            }
            let first = p, last = min(end, p + 9)
            var number = 0
            while p < last, p.pointee &- 0x30 < 10 {
                number = number &* 10 &+ Int(p.pointee &- 0x30)
                p += 1
            }
            let digits = p - first
            while p < end, p.pointee == 0x20 || p.pointee == 0x09 { p += 1 }
            if digits > 0, p < end, p.pointee == 0x0A || p.pointee == 0x0D {
                code = negative ? -number : number
                passLineEnd()
                return true
            }
            if firstFault == nil, p < end { firstFault = tagStart - start }
            p = lineEnd(from: p)
            passLineEnd()
        }
        return false
    }

    @inline(__always)
    private mutating func readValue() {
        while p < end, p.pointee == 0x20 || p.pointee == 0x09 { p += 1 }
        valueStart = p
        p = lineEnd(from: p)
        valueEnd = p
        while valueEnd > valueStart, (valueEnd - 1).pointee == 0x20 || (valueEnd - 1).pointee == 0x09 { valueEnd -= 1 }
        passLineEnd()
    }

    /// Returns the next LF or CR. It compares eight bytes at once: the top bit of each byte below 14 is set.
    @inline(__always)
    private func lineEnd(from: UnsafePointer<UInt8>) -> UnsafePointer<UInt8> {
        var q = from
        while end - q >= 8 {
            let word = UInt64(littleEndian: UnsafeRawPointer(q).loadUnaligned(as: UInt64.self))
            let low = (word &- 0x0E0E_0E0E_0E0E_0E0E) & ~word & 0x8080_8080_8080_8080
            if low == 0 {
                q += 8
                continue
            }
            q += low.trailingZeroBitCount >> 3
            if q.pointee == 0x0A || q.pointee == 0x0D { return q }
            q += 1
        }
        while q < end, q.pointee != 0x0A, q.pointee != 0x0D { q += 1 }
        return q
    }

    /// Skips a line break: LF, CRLF or CR.
    @inline(__always)
    private mutating func passLineEnd() {
        guard p < end else { return }
        p += p.pointee == 0x0D && end - p > 1 && (p + 1).pointee == 0x0A ? 2 : 1
    }
}
