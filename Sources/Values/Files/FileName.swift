extension File {
    /// The extension of a file name in lower case: `dxf` for `Parts/Flange.v2.DXF`; empty for `Makefile` and `.svg`.
    package static func ending(of path: String) -> String {
        let bytes = path.utf8, slash = UInt8(ascii: "/"), end = bytes.lastIndex { $0 != slash }.map(bytes.index(after:)) ?? bytes.startIndex
        let start = bytes[..<end].lastIndex(of: slash).map(bytes.index(after:)) ?? bytes.startIndex
        guard let dot = bytes[start..<end].lastIndex(of: UInt8(ascii: ".")), dot > start else { return "" }
        return path[path.utf8.index(after: dot)..<end].lowercased()
    }

    /// The last name of a path.
    package static func lastName(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
    }
}
