/// Reads the points and primitives of paths, from the lists of LBRN2 and from the elements of earlier files.
extension LBRNShapes {
    /// Reads points: `V10 0c0x10c0y-5c1x10c1y5V20 10`.
    mutating func setVertices(_ text: [UInt8]) {
        guard let place = open.last else { return }
        let start = vertices.count
        var scanner = LBRNScanner(text)
        var handle = Self.noHandle
        while let letter = scanner.letter() {
            if letter == UInt8(ascii: "V") {
                closeVertex(&handle, start)
                vertices.append(LBRNVertex(place: Point(scanner.number() ?? .nan, scanner.number() ?? .nan)))
            } else if letter == UInt8(ascii: "c"), let which = scanner.digit(), let axis = scanner.letter() {
                let value = scanner.number()
                if which < 2 { handle[2 * which + (axis == UInt8(ascii: "y") ? 1 : 0)] = value ?? .nan }
            }
        }
        closeVertex(&handle, start)
        all[place].vertices = start..<vertices.count
    }

    /// The x and y of handle 0 and of handle 1; missing values are NaN.
    private static let noHandle = SIMD4<Double>(repeating: .nan)

    /// Assigns the handles after the last point to it.
    private mutating func closeVertex(_ handle: inout SIMD4<Double>, _ start: Int) {
        defer { handle = Self.noHandle }
        guard vertices.count > start else { return }
        let (first, second) = (Self.handle(handle[0], handle[1]), Self.handle(handle[2], handle[3]))
        guard first != nil || second != nil else { return }
        vertices[vertices.count - 1].handles = Int32(truncatingIfNeeded: handles.count)
        handles.append((first, second))
    }

    /// Returns a handle. LightBurn omits coordinates that are 0, and writes an x of 1 alone if there is no handle.
    private static func handle(_ x: Double, _ y: Double) -> Point? {
        if y.isNaN, x.isNaN || x == 1 { return nil }
        return Point(x.isNaN ? 0 : x, y.isNaN ? 0 : y)
    }

    /// Reads primitives: `L0 1B1 2`, or `LineClosed` for all points in their order.
    mutating func setPrimitives(_ text: [UInt8]) {
        guard let place = open.last else { return }
        let start = primitives.count
        let word = text.filter { $0 > 0x20 }.prefix(12)
        if word.elementsEqual("LineClosed".utf8) || word.elementsEqual("LineOpen".utf8) {
            all[place].isRun = true
            all[place].isClosed = word.count == 10
            return
        }
        var scanner = LBRNScanner(text)
        while let letter = scanner.letter() {
            let (from, to) = (scanner.whole(), scanner.whole())
            add(letter, from, to)
        }
        all[place].primitives = start..<primitives.count
    }

    private mutating func add(_ letter: UInt8, _ from: Int?, _ to: Int?) {
        guard let from, let to, letter == UInt8(ascii: "L") || letter == UInt8(ascii: "B") else { return notes.add(.pathBroken) }
        primitives.append(LBRNPrimitive(isCurve: letter == UInt8(ascii: "B"), from: Int32(from), to: Int32(to)))
    }

    /// Reads a point of a file before LBRN2: `<V vx="10" vy="0" c0x="10" c0y="-5" c1x="10" c1y="5"/>`.
    mutating func addVertex(_ attributes: LBRNAttributes) {
        guard let place = open.last else { return }
        var handle = SIMD4(["c0x", "c0y", "c1x", "c1y"].map { attributes.number($0) ?? .nan })
        vertices.append(LBRNVertex(place: Point(attributes.number("vx") ?? 0, attributes.number("vy") ?? 0)))
        closeVertex(&handle, 0)
        Self.extend(&all[place].vertices, to: vertices.count)
    }

    /// Reads a primitive: `<P T="L" p0="0" p1="1"/>`.
    mutating func addPrimitive(_ attributes: LBRNAttributes) {
        guard let place = open.last else { return }
        let count = primitives.count
        add(attributes["T"]?.first ?? 0, attributes["p0"].map(Numeral.whole), attributes["p1"].map(Numeral.whole))
        if primitives.count > count { Self.extend(&all[place].primitives, to: primitives.count) }
    }

    /// Extends a range by the last added element. If elements of another shape are between them, the earlier ones are dropped.
    private static func extend(_ range: inout Range<Int>, to count: Int) {
        range = (range.upperBound == count - 1 ? range.lowerBound : count - 1)..<count
    }
}
