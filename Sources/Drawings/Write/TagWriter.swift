/// Writes the tags of a DXF file as text. Numbers have the fewest digits that read back as the same value.
struct TagWriter {
    private(set) var bytes: [UInt8] = []
    /// The last handle in use. Handles up to 0xFF are reserved for tables and blocks.
    private var lastHandle = 0xFF

    init() {}

    /// Begins another part of the same file, whose handles continue.
    init(after other: TagWriter) { lastHandle = other.lastHandle }

    mutating func tag(_ code: Int, _ text: String) {
        bytes.append(contentsOf: "\(code)".utf8)
        bytes.append(0x0A)
        bytes.append(contentsOf: text.utf8)
        bytes.append(0x0A)
    }

    mutating func tag(_ code: Int, _ number: Int) { tag(code, String(number)) }
    mutating func tag(_ code: Int, _ number: Double) { tag(code, "\(number + 0)") }

    /// Writes a point's x and y, and 0 for its z.
    mutating func point(_ code: Int, _ p: Point) {
        flat(code, p)
        tag(code + 20, 0.0)
    }

    mutating func flat(_ code: Int, _ p: Point) {
        tag(code, p.x)
        tag(code + 10, p.y)
    }

    mutating func handle(_ number: Int) { tag(5, String(number, radix: 16, uppercase: true)) }

    mutating func newHandle() -> Int {
        lastHandle += 1
        return lastHandle
    }

    /// The next free handle, for `$HANDSEED`.
    var nextHandle: String { String(lastHandle + 1, radix: 16, uppercase: true) }

    /// Returns a name in ASCII, which every reader understands: other characters as `\U+00E9`.
    static func name(_ name: String) -> String {
        var text = ""
        for scalar in name.unicodeScalars {
            switch scalar.value {
            case 0..<32, 127: text += "_"
            case 32..<127, 0x10000...: text.unicodeScalars.append(scalar)
            default:
                let digits = String(scalar.value, radix: 16, uppercase: true)
                text += "\\U+" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
            }
        }
        return text
    }

    mutating func append(_ other: TagWriter) { bytes.append(contentsOf: other.bytes) }
}
