import Values

/// A region as text: `0,0 1000,0 1000,500 0,500; 100,100 200,100 200,200`. The outline comes first, then its windows. Places are in
/// millimetres, to the micrometre; `x,y:b` begins an arc whose bulge is b: the tangent of a quarter of its angle, positive counterclockwise.
extension FitRegion {
    package var text: String {
        ([outer] + windows).map { path in
            path.vertices.map { vertex in
                let place = [vertex.place.x, vertex.place.y].map { Decimal.text(Int(($0 * 1000).rounded()), places: 3, least: 0) }
                return place.joined(separator: ",") + (vertex.bulge == 0 ? "" : ":\(vertex.bulge)")
            }.joined(separator: " ")
        }.joined(separator: "; ")
    }

    /// Nil if the text is not that of a region.
    package init?(text: String) {
        var paths: [ArcPath] = []
        for contour in text.utf8.split(separator: UInt8(ascii: ";")) {
            var path = ArcPath(), first: Point?, bulge = 0.0
            for vertex in contour.split(separator: UInt8(ascii: " ")) {
                let parts = vertex.split(separator: UInt8(ascii: ":")), place = (parts.first ?? vertex).split(separator: UInt8(ascii: ","))
                guard parts.count <= 2, place.count == 2, let x = Double(String(Substring(place[0]))), x.isFinite,
                    let y = Double(String(Substring(place[1]))), y.isFinite
                else { return nil }
                if first == nil { path.begin(at: Point(x, y)) } else { path.add(to: Point(x, y), bulge: bulge) }
                first = first ?? Point(x, y)
                bulge = 0
                if parts.count == 2 {
                    guard let value = Double(String(Substring(parts[1]))), value.isFinite else { return nil }
                    bulge = value
                }
            }
            guard let first, path.vertices.count > 1 else { return nil }
            path.add(to: first, bulge: bulge)
            path.close(within: 1e-9)
            guard path.area.magnitude > 0 else { return nil }
            paths.append(path)
        }
        guard let outer = paths.first else { return nil }
        self.init(outer, windows: Array(paths.dropFirst()))
        guard isSound else { return nil }
    }
}
