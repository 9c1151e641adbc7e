/// The tags of a binary drawing: the group code determines the type of the value.
struct BinaryTags: TagSource {
    /// The first bytes of a binary drawing.
    static let sentinel: StaticString = "AutoCAD Binary DXF\r\n\u{1A}\u{0}"

    private enum Form { case text, real, int8, int16, int32, int64, chunk }

    private let input: UnsafeRawBufferPointer
    /// Whether group codes take one byte, as in R12, where a byte of 255 precedes a code of two bytes.
    private let shortCodes: Bool
    private var at: Int
    private var form = Form.text
    private var valueStart = 0
    private var valueCount = 0
    private(set) var code = -1
    private(set) var firstFault: Int?

    init(_ input: UnsafeRawBufferPointer, from first: Int) {
        self.input = input
        at = first
        // The first tag is `0 SECTION`: a second zero byte means that codes take two bytes.
        shortCodes = !(input.count > first + 1 && input[first] == 0 && input[first + 1] == 0)
    }

    var bytes: UnsafeBufferPointer<UInt8> {
        guard form == .text else { return UnsafeBufferPointer(start: nil, count: 0) }
        return UnsafeBufferPointer(rebasing: input.bindMemory(to: UInt8.self)[valueStart..<valueStart + valueCount])
    }

    var real: Double {
        switch form {
        case .real: Double(bitPattern: UInt64(littleEndian: load()))
        case .text, .chunk: .nan
        default: Double(whole)
        }
    }

    var whole: Int {
        switch form {
        case .int8: Int(input[valueStart])
        case .int16: Int(Int16(littleEndian: load()))
        case .int32: Int(Int32(littleEndian: load()))
        case .int64: Int(clamping: Int64(littleEndian: load()))
        case .real: Int(exactly: real.rounded(.towardZero)) ?? 0
        case .text: Numeral.whole(bytes)
        case .chunk: 0
        }
    }

    private func load<Value: BitwiseCopyable>() -> Value { input.loadUnaligned(fromByteOffset: valueStart, as: Value.self) }

    mutating func next() -> Bool {
        repeat {
            let offset = at
            guard readCode(), readValue() else {
                if firstFault == nil, offset < input.count { firstFault = offset }
                return false
            }
        } while code == 999
        return true
    }

    private mutating func readCode() -> Bool {
        guard at < input.count else { return false }
        if shortCodes, input[at] != 255 {
            code = Int(input[at])
            at += 1
            return true
        }
        if shortCodes { at += 1 }
        guard at + 2 <= input.count else { return false }
        code = Int(Int16(littleEndian: input.loadUnaligned(fromByteOffset: at, as: Int16.self)))
        at += 2
        return true
    }

    private mutating func readValue() -> Bool {
        form = Self.form(of: code)
        valueStart = at
        switch form {
        case .text:
            while at < input.count, input[at] != 0 { at += 1 }
            valueCount = at - valueStart
            at += 1
            return at <= input.count
        case .chunk:
            guard at < input.count else { return false }
            valueCount = Int(input[at])
            valueStart += 1
            at += 1 + valueCount
        case .int8: at += 1
        case .int16: at += 2
        case .int32: at += 4
        case .real, .int64: at += 8
        }
        return at <= input.count
    }

    /// Returns the type of a value by the table of group code value types in the DXF reference.
    private static func form(of code: Int) -> Form {
        switch code {
        case 10...59, 110...149, 210...239, 460...469, 1010...1059: .real
        case 60...79, 170...179, 270...289, 370...389, 400...409, 1060...1070: .int16
        case 90...99, 420...429, 440...459, 1071: .int32
        case 160...169: .int64
        case 290...299: .int8
        case 310...319, 1004: .chunk
        default: .text
        }
    }
}
