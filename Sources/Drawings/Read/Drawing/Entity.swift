/// The kind of an entity. Types that are not cut are `other`, with the type as the entity's name.
enum Kind: UInt8, Sendable {
    case line, arc, circle, ellipse, polyline, polyline3D, spline, insert, other
}

/// The types of entities that are cut or contain cut ones. The raw value is the number of the type's name.
enum CutType: UInt32, CaseIterable {
    case line = 1, arc, circle, lwpolyline, polyline, ellipse, spline, insert

    @inline(__always)
    init?(_ word: UnsafeBufferPointer<UInt8>) {
        switch word.count {
        case 4 where isWord(word, "LINE"): self = .line
        case 3 where isWord(word, "ARC"): self = .arc
        case 6 where isWord(word, "CIRCLE"): self = .circle
        case 6 where isWord(word, "SPLINE"): self = .spline
        case 6 where isWord(word, "INSERT"): self = .insert
        case 7 where isWord(word, "ELLIPSE"): self = .ellipse
        case 8 where isWord(word, "POLYLINE"): self = .polyline
        case 10 where isWord(word, "LWPOLYLINE"): self = .lwpolyline
        default: return nil
        }
    }
}

/// An entity as read, in 20 bytes. Its numbers are in `Drawing.values`.
///
/// The numbers by kind (`flat` omits z and the extrusion n n n):
/// line x y x y, z z; circle x y r, z n n n; arc x y r from to, z n n n (radians); ellipse x y major major ratio from to, z majorZ n n n;
/// polyline (x y bulge) each, then elevation n n n; polyline3D (x y z) each; spline degree and four counts, knots, control points (x y z),
/// weights, fit points (x y z); insert x y z, scales, rotation, columns, rows, their spacings, n n n, the number of its line type.
struct Entity: Sendable {
    struct Flags: OptionSet, Sendable {
        let rawValue: UInt8
        static let invisible = Flags(rawValue: 1)
        static let closed = Flags(rawValue: 2)
        /// Without z, extruded along +z.
        static let flat = Flags(rawValue: 4)
        /// A polygon or polyface mesh, which is not cut.
        static let mesh = Flags(rawValue: 8)
        /// Begins at the end of the previous entity and is one edge with it, which is cut without a stop.
        static let continued = Flags(rawValue: 16)
    }

    var kind: Kind
    var flags: Flags
    /// AutoCAD's colour index; 256 is that of the layer.
    var color: Int16
    /// The number of a name: the line type of a drawn entity, the block of an insert, or the type of an entity that is not cut.
    var name: UInt32
    var layer: UInt32
    var first: UInt32
    var count: UInt32
}

/// A block: entities stored once and drawn by every insert of the block.
struct Block: Sendable {
    var base = Vector(0, 0, 0)
    var entities: Range<Int> = 0..<0
    /// The file of an external reference.
    var path: String?
}

/// A layer of the layer table, or one that only entities refer to.
package struct Layer: Sendable {
    package var name: String
    /// AutoCAD's colour index, 1 to 255.
    package var color: Int
    package var isOff: Bool
    package var isFrozen: Bool
    package var lineType: String
    /// The process settings of a LightBurn layer.
    package var setting: CutSetting?

    package var isHidden: Bool { isOff || isFrozen }
}
