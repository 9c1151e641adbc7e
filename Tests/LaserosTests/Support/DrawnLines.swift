/// Drawings of straight lines, like those of customers.
enum DrawnLines {
    /// A DXF of outlines given by their corners; closed ones return to the first corner.
    static func dxf(_ outlines: [[(Int, Int)]], closed: Bool = true) -> String {
        let lines = outlines.flatMap { corners in
            let ends = closed ? corners + [corners[0]] : corners
            return zip(ends, ends.dropFirst()).map { "0\nLINE\n8\n0\n10\n\($0.0)\n20\n\($0.1)\n11\n\($1.0)\n21\n\($1.1)\n" }
        }
        return "0\nSECTION\n2\nENTITIES\n" + lines.joined() + "0\nENDSEC\n0\nEOF\n"
    }
}
