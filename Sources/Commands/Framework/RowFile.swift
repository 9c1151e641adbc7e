import Console
import Values

/// The rows of a file that a command reads as an option, such as the lines of an enquiry. It accepts the same formats as `import` and
/// reports every fault.
final class RowFile {
    let name: String
    private let reader: RecordReader
    private let places: [String: Int]
    private var numerals: NumberReader
    private(set) var faults: [Failure.Fault] = []

    /// - Parameters:
    ///   - columns: the columns that laseros itself writes.
    ///   - needed: the required columns.
    ///   - others: whether other columns are allowed; they are ignored.
    /// - Throws: `input` for missing, duplicate or unknown columns.
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

    func has(_ column: String) -> Bool { places[column] != nil }

    /// Notes ambiguous cells and how they were read.
    var notes: [String] { [reader.doubt].compactMap { $0 } }

    /// Goes to the next row that is not blank.
    func next() throws -> Bool {
        while try reader.next({ faults += $0 }) { if !reader.isBlank { return true } }
        return false
    }

    /// The text in a column, numbers in plain form; nil if the cell is empty or invalid.
    func text(_ column: String, isNumber: Bool) -> String? {
        let text: Substring
        switch places[column].map({ reader.cell($0, isNumber: isNumber, &numerals) }) ?? .nothing {
        case .text(let typed): text = typed.withoutBlanks
        case .number(let plain, _): text = plain.withoutBlanks
        case .nothing, .cleared, .rows, .unread: return nil
        case .wrong(let message):
            fault(column, message)
            return nil
        }
        return text.isEmpty ? nil : String(text)
    }

    /// The value in a column; nil if the cell is empty or invalid.
    func value<Value: Readable & Presentable>(_ column: String, _ type: Value.Type, needed: Bool = false) -> Value? {
        let known = faults.count
        guard let text = text(column, isNumber: Value.shownType.isNumber) else {
            if needed, faults.count == known { fault(column, "'' is not \(Value.expected)") }
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

    /// The options for the format of such a file.
    static func parameters(_ option: String) -> (parameters: [any Parameter], relations: [Relation]) {
        (FileForm.parameters, FileForm.parameters.map { .needs($0.spec.name, option) })
    }
}
