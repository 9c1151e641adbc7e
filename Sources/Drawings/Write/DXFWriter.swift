/// The versions of DXF that can be written.
package enum DXFVersion: String, Sendable {
    /// Lines, arcs and polylines, which every program can read.
    case r12
    /// With ellipses and splines.
    case r2000 = "2000"

    var code: String { self == .r12 ? "AC1009" : "AC1015" }
}

/// The options for writing a drawing in another format.
package struct Conversion: Sendable {
    /// The part of the drawing that is written.
    package var taking: Measure.Options
    /// The maximum distance between a curve and the chords that approximate it, if the format does not have the curve.
    package var toleranceMM: Double

    package init(_ taking: Measure.Options = Measure.Options(), toleranceMM: Double = 0.01) {
        (self.taking, self.toleranceMM) = (taking, toleranceMM)
    }
}

extension Drawing {
    /// Returns the drawing as DXF with blocks expanded, in the unit in which it was measured.
    package func dxf(_ version: DXFVersion, _ options: Conversion = Conversion()) throws -> [UInt8] {
        let geometry = try taken(options.taking).geometry
        let taken = options.taking.units(of: self)
        let writer = DXFWriter(version, self, geometry, units: taken.code == 0 ? .millimetre : taken)
        return writer.file(flattening: options.toleranceMM / taken.mmPerUnit)
    }
}

/// Writes a complete file: header, tables, blocks, entities.
struct DXFWriter {
    let version: DXFVersion
    let drawing: Drawing
    let geometry: Geometry
    let units: Units
    let box: Box
    /// All layers of the drawing, including those that only entities refer to.
    let layers: [Layer]
    /// The line types of layers and entities, without BYLAYER and BYBLOCK.
    let lineTypes: [String]

    /// The handles of the tables and blocks that other records refer to.
    enum Handle {
        static let blockRecords = 0x1, layers = 0x2, styles = 0x3, lineTypes = 0x5, views = 0x6, coordinates = 0x7, ports = 0x8
        static let applications = 0x9, dimensions = 0xA, root = 0xC, groups = 0xD
        static let model = 0x1F, paper = 0x1B
    }

    init(_ version: DXFVersion, _ drawing: Drawing, _ geometry: Geometry, units: Units) {
        (self.version, self.drawing, self.geometry, self.units) = (version, drawing, geometry, units)
        var box = Box()
        for segment in geometry.segments { geometry.widen(&box, by: segment) }
        self.box = box.isEmpty ? Box(.zero, .zero) : box
        layers = Set(geometry.edges.map(\.layer)).union(drawing.layerTable.keys).union([0]).sorted().map { drawing.layer($0) }
        var known: Set = ["BYLAYER", "BYBLOCK"]
        lineTypes = (["CONTINUOUS"] + layers.map(\.lineType) + geometry.styles.map(\.lineType)).map { $0.isEmpty ? "CONTINUOUS" : $0 }
            .filter { known.insert($0.uppercased()).inserted }
    }

    func file(flattening error: Double) -> [UInt8] {
        // Entities are written first, because the header contains the next free handle.
        var body = TagWriter()
        section("ENTITIES", &body) { out in
            for edge in geometry.edges {
                EntityTags(version, drawing.layer(edge.layer), geometry.styles.isEmpty ? nil : geometry.styles[Int(edge.style)])
                    .write(EdgeForm(edge, geometry, flattening: version == .r12 ? error : nil, straight: 1e-9 / units.mmPerUnit), to: &out)
            }
        }
        var tables = TagWriter(after: body)
        section("TABLES", &tables) { version == .r12 ? shortTables(&$0) : allTables(&$0) }
        var out = TagWriter()
        section("HEADER", &out) { header(&$0, nextHandle: tables.nextHandle) }
        if version != .r12 { section("CLASSES", &out) { _ in } }
        out.append(tables)
        if version != .r12 { section("BLOCKS", &out) { blocks(&$0) } }
        out.append(body)
        if version != .r12 { section("OBJECTS", &out) { objects(&$0) } }
        out.tag(0, "EOF")
        return out.bytes
    }

    private func section(_ name: String, _ out: inout TagWriter, _ body: (inout TagWriter) -> Void) {
        out.tag(0, "SECTION")
        out.tag(2, name)
        body(&out)
        out.tag(0, "ENDSEC")
    }

    private func header(_ out: inout TagWriter, nextHandle: String) {
        out.tag(9, "$ACADVER")
        out.tag(1, version.code)
        if version != .r12 {
            out.tag(9, "$DWGCODEPAGE")
            out.tag(3, "ANSI_1252")
            out.tag(9, "$HANDSEED")
            out.tag(5, nextHandle)
        }
        out.tag(9, "$INSUNITS")
        out.tag(70, units.code)
        out.tag(9, "$MEASUREMENT")
        out.tag(70, [1, 2, 3, 8, 9, 10].contains(units.code) ? 0 : 1)
        for (name, corner) in [("$EXTMIN", box.min), ("$EXTMAX", box.max)] {
            out.tag(9, name)
            out.point(10, corner)
        }
    }
}
