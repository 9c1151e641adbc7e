import Console
import Glibc
import Shop
import Values

private let folder = Operand<String>("DIR", "the folder with index.csv and the drawings", from: .files)

let libraryCommand = writes(
    "product import-library", "Make products from a folder of drawings", [folder] + FileForm.parameters, permission: .prices,
    about: """
        The folder has an index.csv with the columns industry, item, file, size, thickness and notes, of which item and file are needed, and
        the drawings that `file` names, in it or below it. Each row becomes a product with its drawing: the item is its name, the industry its
        category, and its code is made of both. The material is what the notes, the item, the file or the industry name; where none does, or
        one names several, it is left open and said. `--dry-run` shows what each row was taken for.

        A row whose product is there already, with a drawing of that name, changes nothing, whatever was edited since. A drawing that is
        missing, outside of the folder, or a link is refused with its line, and nothing is written.
        """,
    examples: ["laseros product import-library ."], answer: LibraryProduct.columns.map(\.heading),
    prepare: { call, shop in try Library(try call[folder], call, shop) }, contents: \.contents
) { call, shop, library in
    let (products, notes) = try shop.addProducts(of: library.rows), added = products.count(where: \.isNew)
    let sentence = "\(counted(products.count, .product)) read from \(library.index): \(added) added, \(products.count - added) same"
    let listing = Listing(products, LibraryProduct.columns)
    return .done(sentence, all: listing).previewing(listing).noting(library.problems + notes)
}

/// The rows of a library's index, with their drawings checked and measured.
private struct Library: Sendable {
    let index: String
    private(set) var rows: [LibraryRow] = []

    private static let columns = ["industry", "item", "file", "size", "thickness", "notes"]

    /// - Throws: `input` with every fault and its line.
    init(_ typed: String, _ call: Call, _ shop: Shop) throws {
        let name = typed.count > 1 && typed.hasSuffix("/") ? String(typed.dropLast()) : typed, path = call.environment.path(name)
        index = "\(name)/index.csv"
        // A link could lead to any file, whose contents messages would show.
        guard File.kind(of: path + "/index.csv") == S_IFREG else {
            throw Failure(
                .outside, .product, "\(name) is no library: it has no index.csv",
                hint: "index.csv has the columns \(Self.columns.joined(separator: ","))")
        }
        let file = try RowFile(index, call, Self.columns, needed: ["item", "file"], others: true, .product)
        let read = try Self.rows(of: file, in: path)
        var faults = file.faults
        // Several products may have one drawing, which is measured once.
        let paths = Set(read.map(\.path)).sorted()
        let sources = paths.map { FileIntake.Source(typed: name + $0.dropFirst(path.count), path: $0) }
        let drawings = Dictionary(uniqueKeysWithValues: zip(paths, try FileIntake(shop).results(of: sources, kind: .drawing)))
        for row in read {
            guard let drawing = drawings[row.path] else { continue }
            do { rows.append(row.row(with: try drawing.get())) } catch let failure as Failure where failure.ending == nil {
                faults.append(Failure.Fault(file: index, line: row.line, column: "file", "'\(row.file)': \(failure.message)"))
            }
        }
        faults.sort { ($0.line ?? 0) < ($1.line ?? 0) }
        guard faults.isEmpty else {
            throw Failure(.input, .product, "\(index) has \(counted(faults.count, "fault")): nothing was written", faults: faults)
        }
        guard !rows.isEmpty else { throw Failure(.input, .product, "\(index) has no rows") }
    }

    /// The rows without faults.
    private static func rows(of file: RowFile, in folder: String) throws -> [IndexRow] {
        var rows: [IndexRow] = [], lines: [[String?]: Int] = [:]
        while try file.next() {
            guard let row = IndexRow(file, in: folder) else { continue }
            if let first = lines.updateValue(row.line, forKey: [row.industry, row.item, row.file]) {
                file.fault("item", "it stands on line \(first), too")
            }
            rows.append(row)
        }
        return rows
    }

    /// The drawings, each once.
    private var drawings: [NewFile] {
        var seen: Set<String> = []
        return rows.map(\.drawing).filter { seen.insert($0.sha256).inserted }
    }

    /// The contents to store.
    var contents: [FileContent] { drawings.contents }

    /// Warnings about the drawings.
    var problems: [String] { drawings.flatMap(\.problems) }
}

/// A row of an index, before its drawing is read.
private struct IndexRow: Sendable {
    let line: Int
    let industry: String?
    let item: String
    let file: String
    let path: String
    private let size: String?
    private let thickness: Length?
    private let notes: String?

    /// Reads the current row of an index, and notes its faults there.
    init?(_ index: RowFile, in folder: String) {
        line = index.line
        industry = index.value("industry", Line.self)?.text
        (size, notes) = (index.value("size", Line.self)?.text, index.text("notes", isNumber: false))
        thickness = index.value("thickness", Length.self)
        if thickness?.um == 0 { index.fault("thickness", "a thickness is above 0") }
        let item = index.value("item", Line.self, needed: true)?.text, file = index.value("file", Line.self, needed: true)?.text
        guard let item, let file else { return nil }
        do { path = try LibraryRow.path(of: file, in: folder) } catch {
            index.fault("file", (error as? Failure)?.message ?? "\(error)")
            return nil
        }
        (self.item, self.file) = (item, file)
    }

    func row(with drawing: NewFile) -> LibraryRow {
        LibraryRow(line: line, industry: industry, item: item, size: size, thickness: thickness, notes: notes, drawing: drawing)
    }
}
