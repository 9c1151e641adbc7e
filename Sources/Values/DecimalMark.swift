/// What stands before the decimals of a number.
package enum DecimalMark: String, Choice, Presentable {
    case point, comma
    package var character: Unicode.Scalar { self == .point ? "." : "," }
    package var other: DecimalMark { self == .point ? .comma : .point }
}
