import Console
import Values

/// The rows of a small table that a command reads beside what it is about, such as the lines of an enquiry: in every form that `import`
/// takes, and with every fault told.
final class RowFile {
    let name: String
    private let reader: RecordReader
    private let places: [String: Int]
    private var numerals: NumberReader
    private(set) var faults: [Failure.Fault] = []

    /// - Parameters:
    ///   - columns: those that it may have, as laseros writes them.
    ///   - needed: those without which a row says nothing.
    ///   - others: whether it may have other columns, which are passed over.
    /// - Throws: `input` for columns that are missing, twice, or unknown.
    init(_ typed: String, _ call: Call, _ columns: [String], needed: [String], others: Bool, _ area: Failure.Area) throws {
        let text = try TextInput(try InputFile(typed, in: call.environment), call[FileForm.encodingOption])
        name = text.name
        reader = try RecordReader(text, FileForm(call), own: columns, guarded: call[Standard.excel])
        numerals = reader.numerals(FileForm(call), likely: call[Standard.excel] ? call.session.decimalMark(in: call.shopName) : nil)
        var places: [String: Int] = [:]
        let hint = "columns: " + columns.joined(separator: ",")
        for (i, column) in reader.columns.enumerated() {
            let known = columns.first { $0 == column.folded }
            guard let known else {
                if others { continue }
                throw Failure(.input, area, "\(name) is no such list: it has a column '\(column)'", hint: hint)
            }
            guard places.updateValue(i, forKey: known) == nil else {
                throw Failure(.input, area, "\(name) has the column '\(known)' twice", hint: hint)
            }
        }
        self.places = places
        if let missing = needed.first(where: { places[$0] == nil }), !reader.columns.isEmpty {
            throw Failure(.input, area, "\(name) has no column '\(missing)'", hint: hint)
        }
    }

    var line: Int { reader.line }

    /// What was read in another way than a person may expect.
    var notes: [String] { [reader.doubt].compactMap { $0 } }

    /// Goes to the next row that is not blank.
    func next() throws -> Bool {
        while try reader.next({ faults += $0 }) { if !reader.isBlank { return true } }
        return false
    }

    /// The value in a column; nil where nothing is there, and where it is wrong.
    func value<Value: Readable & Presentable>(_ column: String, _ type: Value.Type, needed: Bool = false) -> Value? {
        let text: String
        switch places[column].map({ reader.cell($0, isNumber: Value.shownType.isNumber, &numerals) }) ?? .nothing {
        case .text(let typed): text = String(typed.withoutBlanks)
        case .number(let plain, _): text = String(plain.withoutBlanks)
        case .nothing, .cleared, .rows: text = ""
        case .wrong(let message):
            fault(column, message)
            return nil
        }
        guard !text.isEmpty else {
            if needed { fault(column, "'' is not \(Value.expected)") }
            return nil
        }
        guard let value = Value(reading: text) else {
            fault(column, "'\(text)' is not \(Value.wanted(for: text))")
            return nil
        }
        return value
    }

    func fault(_ column: String, _ message: String) {
        faults.append(Failure.Fault(file: name, line: reader.line, column: places[column].map { reader.columns[$0] } ?? column, message))
    }

    /// `rates.csv has 2 faults`
    var summary: String { "\(name) has \(counted(faults.count, "fault"))" }

    /// What a command takes beside the option that names such a file.
    static func parameters(_ option: String) -> (parameters: [any Parameter], relations: [Relation]) {
        (FileForm.parameters, FileForm.parameters.map { .needs($0.spec.name, option) })
    }
}
