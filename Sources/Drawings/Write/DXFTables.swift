/// Writes the tables, blocks and objects that a DXF file requires.
extension DXFWriter {
    /// Writes line types and layers, the only tables that R12 requires.
    func shortTables(_ out: inout TagWriter) {
        table("LTYPE", Handle.lineTypes, count: lineTypes.count, &out) { out in
            for name in lineTypes { lineType(name, &out) }
        }
        layerTable(&out)
    }

    func allTables(_ out: inout TagWriter) {
        table("VPORT", Handle.ports, count: 1, &out) { viewPort(&$0) }
        table("LTYPE", Handle.lineTypes, count: lineTypes.count + 2, &out) { out in
            for name in ["ByBlock", "ByLayer"] + lineTypes { lineType(name, &out) }
        }
        layerTable(&out)
        table("STYLE", Handle.styles, count: 1, &out) { textStyle(&$0) }
        table("VIEW", Handle.views, count: 0, &out) { _ in }
        table("UCS", Handle.coordinates, count: 0, &out) { _ in }
        table("APPID", Handle.applications, count: 1, &out) { out in
            record("APPID", "AcDbRegAppTableRecord", "ACAD", handle: 0x12, in: Handle.applications, &out)
        }
        table("DIMSTYLE", Handle.dimensions, count: 1, &out) { dimensionStyle(&$0) }
        table("BLOCK_RECORD", Handle.blockRecords, count: 2, &out) { out in
            for (name, handle) in [("*Model_Space", Handle.model), ("*Paper_Space", Handle.paper)] {
                record("BLOCK_RECORD", "AcDbBlockTableRecord", name, handle: handle, in: Handle.blockRecords, flags: nil, &out)
            }
        }
    }

    private func table(_ name: String, _ handle: Int, count: Int, _ out: inout TagWriter, _ body: (inout TagWriter) -> Void) {
        out.tag(0, "TABLE")
        out.tag(2, name)
        if version != .r12 {
            out.handle(handle)
            out.tag(330, 0)
            out.tag(100, "AcDbSymbolTable")
        }
        out.tag(70, count)
        if version != .r12, name == "DIMSTYLE" { out.tag(100, "AcDbDimStyleTable") }
        body(&out)
        out.tag(0, "ENDTAB")
    }

    /// Writes the beginning of a table's record, with a new handle if none is given.
    private func record(
        _ type: String, _ marker: String, _ name: String, handle: Int?, in table: Int, flags: Int? = 0, _ out: inout TagWriter
    ) {
        out.tag(0, type)
        if version != .r12 {
            let handle = handle ?? out.newHandle()
            // A dimension style is the only record with its handle in another group code.
            out.tag(type == "DIMSTYLE" ? 105 : 5, String(handle, radix: 16, uppercase: true))
            out.tag(330, String(table, radix: 16, uppercase: true))
            out.tag(100, "AcDbSymbolTableRecord")
            out.tag(100, marker)
        }
        out.tag(2, name)
        if let flags { out.tag(70, flags) }
    }

    private func lineType(_ name: String, _ out: inout TagWriter) {
        let standard = ["BYBLOCK": 0x14, "BYLAYER": 0x15, "CONTINUOUS": 0x16]
        record("LTYPE", "AcDbLinetypeTableRecord", TagWriter.name(name), handle: standard[name.uppercased()], in: Handle.lineTypes, &out)
        out.tag(3, name.uppercased() == "CONTINUOUS" ? "Solid line" : "")
        out.tag(72, 65)
        out.tag(73, 0)
        out.tag(40, 0.0)
    }

    private func layerTable(_ out: inout TagWriter) {
        table("LAYER", Handle.layers, count: layers.count, &out) { out in
            for (place, layer) in layers.enumerated() {
                record(
                    "LAYER", "AcDbLayerTableRecord", TagWriter.name(layer.name), handle: place == 0 ? 0x10 : nil, in: Handle.layers,
                    flags: layer.isFrozen ? 1 : 0, &out)
                let color = min(max(layer.color, 1), 255)
                out.tag(62, layer.isOff ? -color : color)
                out.tag(6, layer.lineType.isEmpty ? "CONTINUOUS" : TagWriter.name(layer.lineType))
            }
        }
    }

    /// Writes the view when the drawing is opened, which is the whole drawing.
    private func viewPort(_ out: inout TagWriter) {
        record("VPORT", "AcDbViewportTableRecord", "*Active", handle: 0x20, in: Handle.ports, &out)
        out.flat(10, Point(0, 0))
        out.flat(11, Point(1, 1))
        out.flat(12, box.center)
        out.flat(13, Point(0, 0))
        out.flat(14, Point(10, 10))
        out.flat(15, Point(10, 10))
        out.point(16, Point(0, 0))
        // The view direction is the z axis.
        out.tag(36, 1.0)
        out.point(17, Point(0, 0))
        out.tag(40, max(box.height, box.width / 2, 1) * 1.1)
        out.tag(41, 2.0)
    }

    private func textStyle(_ out: inout TagWriter) {
        record("STYLE", "AcDbTextStyleTableRecord", "Standard", handle: 0x11, in: Handle.styles, &out)
        out.tag(40, 0.0)
        out.tag(41, 1.0)
        out.tag(50, 0.0)
        out.tag(71, 0)
        out.tag(42, 2.5)
        out.tag(3, "txt")
        out.tag(4, "")
    }

    private func dimensionStyle(_ out: inout TagWriter) {
        record("DIMSTYLE", "AcDbDimStyleTableRecord", "Standard", handle: 0x27, in: Handle.dimensions, &out)
    }

    func blocks(_ out: inout TagWriter) {
        for (name, owner, begin, end) in [
            ("*Model_Space", Handle.model, 0x21, 0x22), ("*Paper_Space", Handle.paper, 0x1C, 0x1D),
        ] {
            blockMark("BLOCK", "AcDbBlockBegin", begin, owner, &out)
            out.tag(2, name)
            out.tag(70, 0)
            out.point(10, Point(0, 0))
            out.tag(3, name)
            out.tag(1, "")
            blockMark("ENDBLK", "AcDbBlockEnd", end, owner, &out)
        }
    }

    private func blockMark(_ type: String, _ marker: String, _ handle: Int, _ owner: Int, _ out: inout TagWriter) {
        out.tag(0, type)
        out.handle(handle)
        out.tag(330, String(owner, radix: 16, uppercase: true))
        out.tag(100, "AcDbEntity")
        if owner == Handle.paper { out.tag(67, 1) }
        out.tag(8, "0")
        out.tag(100, marker)
    }

    /// Writes the root dictionary, which every drawing has.
    func objects(_ out: inout TagWriter) {
        for (handle, owner) in [(Handle.root, 0), (Handle.groups, Handle.root)] {
            out.tag(0, "DICTIONARY")
            out.handle(handle)
            out.tag(330, String(owner, radix: 16, uppercase: true))
            out.tag(100, "AcDbDictionary")
            out.tag(281, 1)
            guard handle == Handle.root else { continue }
            out.tag(3, "ACAD_GROUP")
            out.tag(350, String(Handle.groups, radix: 16, uppercase: true))
        }
    }
}
