/// Millimetres with at most three decimals, without trailing zeros.
package func shown(_ mm: Double) -> String {
    guard let thousandths = Int64(exactly: (mm.magnitude * 1000).rounded()) else { return "\(mm)" }
    var digits = "\(thousandths / 1000)"
    let rest = thousandths % 1000
    if rest > 0 {
        var fraction = "\(1000 + rest)".dropFirst()
        while fraction.last == "0" { fraction.removeLast() }
        digits += "." + fraction
    }
    return (mm < 0 && thousandths > 0 ? "-" : "") + digits
}
