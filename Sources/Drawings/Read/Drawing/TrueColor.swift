/// Conversion of 24-bit colours.
enum TrueColor {
    /// AutoCAD's colours 1 to 9: red, yellow, green, cyan, blue, magenta, white, dark grey, light grey.
    private static let named = [0xFF0000, 0xFFFF00, 0x00FF00, 0x00FFFF, 0x0000FF, 0xFF00FF, 0xFFFFFF, 0x808080, 0xC0C0C0]

    /// Returns the nearest of the colour indices 1 to 9. Black is 7, which is printed black on paper.
    static func index(_ color: Int) -> Int16 {
        if color & 0xFFFFFF == 0 { return 7 }
        let distances = named.map { other in
            [16, 8, 0].reduce(0) { sum, shift in
                let difference = (color >> shift & 0xFF) - (other >> shift & 0xFF)
                return sum + difference * difference
            }
        }
        let nearest = distances.indices.min { distances[$0] < distances[$1] } ?? 6
        return Int16(nearest + 1)
    }
}
