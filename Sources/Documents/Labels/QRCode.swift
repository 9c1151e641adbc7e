import CQRCode
import Values

/// A QR code (ISO/IEC 18004) of a text, with the error correction M or more: it can be read with 15 % of it damaged.
package struct QRCode: Sendable {
    /// How many modules wide and high it is, without the quiet zone.
    package let side: Int
    /// Whether each module is dark, row by row from the top.
    private let modules: [Bool]

    /// The modules that have to stay blank on each side.
    package static let quietZone = 4
    /// Its side with the quiet zone, in modules.
    package var sideWithQuietZone: Int { side + 2 * QRCode.quietZone }

    /// - Throws: `refused` for an empty text, and for one that is longer than a QR code can hold.
    package init(_ text: String) throws {
        let size = Int(qrcodegen_VERSION_MAX) * 4 + 17, room = (size * size + 7) / 8 + 1
        var work = [UInt8](repeating: 0, count: room), code = work
        // The library takes a C string, which would end at a NUL.
        let isEncoded =
            !text.isEmpty && !text.utf8.contains(0)
            && qrcodegen_encodeText(
                text, &work, &code, qrcodegen_Ecc_MEDIUM, qrcodegen_VERSION_MIN, qrcodegen_VERSION_MAX, qrcodegen_Mask_AUTO, true)
        guard isEncoded else {
            throw Failure(.refused, .label, "'\(text.prefix(40))' cannot be a QR code: it is empty, too long or holds a NUL")
        }
        let side = Int(qrcodegen_getSize(code))
        self.side = side
        modules = (0..<side * side).map { qrcodegen_getModule(code, Int32($0 % side), Int32($0 / side)) }
    }

    package func isDark(_ x: Int, _ y: Int) -> Bool { modules[y * side + x] }
}

extension Canvas {
    /// Fills an area with the modules of a QR code. The quiet zone around it has to be blank.
    func qrCode(_ code: QRCode, in area: Area) {
        let module = min(area.width, area.height) / Double(code.side), quiet = Double(QRCode.quietZone) * module
        qrCode(code, area.x - quiet, area.y - quiet, module: module)
    }

    /// Draws a QR code in black. Its quiet zone begins at (x, y) and is left as it is.
    /// - Parameter module: the side of a module in points.
    package func qrCode(_ code: QRCode, _ x: Double, _ y: Double, module: Double) {
        let left = x + Double(QRCode.quietZone) * module, top = y + Double(QRCode.quietZone) * module
        // One path, so that no seams show between modules; neighbours in a row are one rectangle.
        var path = Path()
        for row in 0..<code.side {
            var column = 0
            while column < code.side {
                guard code.isDark(column, row) else {
                    column += 1
                    continue
                }
                let start = column
                while column < code.side, code.isDark(column, row) { column += 1 }
                path.add(Area(left + Double(start) * module, top + Double(row) * module, Double(column - start) * module, module))
            }
        }
        fill(path, .black)
    }
}
