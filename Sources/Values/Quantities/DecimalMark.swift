/// The mark between the integer and the decimals of a number.
package enum DecimalMark: String, Choice, Presentable {
    case point, comma

    package init?(reading text: String) {
        switch text.lowercased() {
        case "point", ".": self = .point
        case "comma", ",": self = .comma
        default: return nil
        }
    }

    package var character: Unicode.Scalar { self == .point ? "." : "," }
    package var other: DecimalMark { self == .point ? .comma : .point }
}
