extension File {
    /// What the name of a file ends with, in small letters: `dxf` for `Parts/Flange.v2.DXF`. Empty where it has no ending: `Makefile`, `.svg`.
    package static func ending(of path: String) -> String {
        let name = path.split(separator: "/").last ?? ""
        guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return "" }
        return name[name.index(after: dot)...].lowercased()
    }
}
