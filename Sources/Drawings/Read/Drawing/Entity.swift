/// What an entity is. What is not cut is `other`; its name tells more.
enum Kind: UInt8, Sendable {
    case line, arc, circle, ellipse, polyline, polyline3D, spline, insert, other
}

/// The types of entity that are cut, or lead to some that are; the raw value is the number of the type's name.
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

/// One entity as read: twenty bytes, and its numbers in `Drawing.values`.
///
/// The numbers are, by kind (`flat` leaves out z and the extrusion):
/// line x y x y, z z; circle x y r, z n n n; arc x y r from to, z n n n (radians); ellipse x y major major ratio from to, z majorZ n n n;
/// polyline (x y bulge) each, after elevation n n n; polyline3D (x y z) each; spline degree and four counts, knots, control points (x y z),
/// weights, fit points (x y z); insert x y z, scales, rotation, columns, rows, their spacings, n n n, the number of its line type.
struct Entity: Sendable {
    struct Flags: OptionSet, Sendable {
        let rawValue: UInt8
        static let invisible = Flags(rawValue: 1)
        static let closed = Flags(rawValue: 2)
        /// In the plane, extruded along +z.
        static let flat = Flags(rawValue: 4)
        /// A polygon or polyface mesh: nothing to cut.
        static let mesh = Flags(rawValue: 8)
        /// Goes on where the entity before it ends, and is one edge with it: it is cut without a stop between the two.
        static let continued = Flags(rawValue: 16)
    }

    var kind: Kind
    var flags: Flags
    /// AutoCAD's colour index; 256 is the layer's.
    var color: Int16
    /// The number of a name: the line type of what is drawn, the block of an insert, the type of what is not cut.
    var name: UInt32
    var layer: UInt32
    var first: UInt32
    var count: UInt32
}

/// A block: entities kept once and drawn wherever an insert says.
struct Block: Sendable {
    var base = Vector(0, 0, 0)
    var entities: Range<Int> = 0..<0
    /// The file that it is drawn in, where that is not this one.
    var path: String?
}

/// A layer of the drawing's table, or one that only entities name.
package struct Layer: Sendable {
    package var name: String
    /// AutoCAD's colour index, 1 to 255.
    package var color: Int
    package var isOff: Bool
    package var isFrozen: Bool
    package var lineType: String
    /// What a LightBurn file says that the laser does here.
    package var setting: CutSetting?

    package var isHidden: Bool { isOff || isFrozen }
}
