/// Random numbers that are the same in every run (SplitMix64).
struct Dice: RandomNumberGenerator {
    private(set) var state: UInt64

    init(_ seed: Int) { state = UInt64(truncatingIfNeeded: seed) &* 0x9E37_79B9_7F4A_7C15 &+ 1 }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return z ^ z >> 31
    }

    mutating func real(_ low: Double, _ high: Double) -> Double { Double.random(in: low...high, using: &self) }
    mutating func whole(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }
    /// Returns true once in `times` calls on average.
    mutating func once(in times: Int) -> Bool { whole(1...times) == 1 }
    mutating func pick<Element>(_ list: [Element]) -> Element { list[whole(0...list.count - 1)] }
}

/// Tags that can be written as text or binary.
struct Tags {
    enum Value {
        case text(String), real(Double), whole(Int)
    }

    /// The encodings of a drawing.
    enum Form: CaseIterable { case lf, crlf, cr, commas, binary, shortBinary }

    private(set) var all: [(code: Int, value: Value)] = []

    mutating func add(_ code: Int, _ text: String) { all.append((code, .text(text))) }
    mutating func add(_ code: Int, _ number: Double) { all.append((code, .real(number))) }
    mutating func add(_ code: Int, flag: Int) { all.append((code, .whole(flag))) }
    mutating func add(_ others: Tags) { all += others.all }

    func bytes(_ form: Form) -> [UInt8] {
        switch form {
        case .lf: text("\n")
        case .crlf: text("\r\n")
        case .cr: text("\r")
        case .commas: text("\n", commas: true)
        case .binary: binary(short: false)
        case .shortBinary: binary(short: true)
        }
    }

    private func text(_ end: String, commas: Bool = false) -> [UInt8] {
        var out = ""
        for (code, value) in all {
            out += (code < 100 ? "  " : "") + "\(code)" + end
            switch value {
            case .text(let text): out += text
            case .whole(let number): out += "\(number)"
            case .real(let number): out += commas ? String("\(number)".map { $0 == "." ? "," : $0 }) : "\(number)"
            }
            out += end
        }
        return Array(out.utf8)
    }

    private func binary(short: Bool) -> [UInt8] {
        var out = Array("AutoCAD Binary DXF\r\n\u{1A}\u{0}".utf8)
        func append<Number: FixedWidthInteger>(_ number: Number) { withUnsafeBytes(of: number.littleEndian) { out += $0 } }
        for (code, value) in all {
            if short, code < 255 { out.append(UInt8(code)) } else { append(Int16(code)) }
            switch value {
            case .text(let text): out += Array(text.utf8) + [0]
            case .real(let number): append(number.bitPattern)
            case .whole(let number): if code >= 90 { append(Int32(number)) } else { append(Int16(number)) }
            }
        }
        return out
    }
}
