import Glibc
import Store
import Values

/// A row of a library's index, with its drawing.
package struct LibraryRow: Sendable {
    package var line: Int
    package var industry: String?
    package var item: String
    package var size: String?
    package var thickness: Length?
    package var notes: String?
    package var drawing: NewFile

    package init(
        line: Int, industry: String?, item: String, size: String?, thickness: Length?, notes: String?, drawing: NewFile
    ) {
        (self.line, self.industry, self.item, self.size) = (line, industry, item, size)
        (self.thickness, self.notes, self.drawing) = (thickness, notes, drawing)
    }

    /// The path of a drawing below the folder of its library.
    /// - Throws: `input` for one that leads out of it, a link, and one that is not there.
    package static func path(of file: String, in folder: String) throws -> String {
        func refused(_ why: String) -> Failure { Failure(.input, .product, "'\(file)' \(why)") }
        let names = file.split(omittingEmptySubsequences: false) { $0 == "/" || $0 == "\\" }.map(String.init)
        guard let last = names.last, !last.isEmpty else { throw refused("is no file") }
        guard names.allSatisfy({ !$0.isEmpty && $0 != ".." }), !names[0].hasSuffix(":") else {
            throw refused("does not lie in the folder of the library")
        }
        var path = folder
        for (i, name) in names.enumerated() {
            path += "/" + name
            switch File.kind(of: path) {
            case S_IFLNK?: throw refused("is a link or lies behind one")
            case S_IFDIR? where i < names.count - 1: continue
            case S_IFREG? where i == names.count - 1: continue
            case nil: throw refused("is not in the folder of the library")
            default: throw refused("is not a regular file")
            }
        }
        guard FileKind.drawingEndings.contains(File.ending(of: last)) else { throw refused("is no drawing") }
        return path
    }

    /// A code from the industry and the item: `CON-BRACKET-A` for `Construction` and `Bracket A`.
    var code: String {
        func words(_ text: String) -> [String] {
            text.searchKey.uppercased().split { !$0.isASCII || !($0.isLetter || $0.isNumber) }.map(String.init)
        }
        let group = industry.flatMap { words($0).first?.prefix(3) } ?? "LIB", item = words(item)
        let code = ([String(group)] + (item.isEmpty ? ["ITEM"] : item)).joined(separator: "-").prefix(LibraryRow.longest)
        return String(code.hasSuffix("-") ? code.dropLast() : code)
    }

    /// Leaves room for a number.
    private static let longest = 34

    /// Whether a size is that of a part, in any direction, to a millimetre.
    static func isSize(_ size: Size, of part: Part) -> Bool {
        func isNear(_ a: Length, _ b: Length) -> Bool { abs(a.um - b.um) <= 1000 }
        return isNear(size.width, part.width) && isNear(size.height, part.height)
            || isNear(size.width, part.height) && isNear(size.height, part.width)
    }
}
