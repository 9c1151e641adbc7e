import Console
import Shop
import Values

/// The lines of an enquiry as a CSV has them: file, quantity, material, thickness_mm, finish. `dxf info --lines` writes it.
let enquiryColumns = ["file", "quantity", "material", "thickness_mm", "finish"]

/// - Throws: `input` with every fault and its line.
func enquiryRows(_ typed: String, _ call: Call) throws -> [Enquiry] {
    let file = try InputFile(typed, in: call.world)
    let reader = try RecordReader(TextInput(file), guarded: call[Standard.excel])
    if let wrong = reader.columns.first(where: { !enquiryColumns.contains($0) }) {
        throw Failure(
            .input, .enquiryRows, "\(file.name) is not a list of parts: it has a column '\(wrong)'",
            hint: "columns: " + enquiryColumns.joined(separator: ","))
    }
    guard let fileColumn = reader.columns.firstIndex(of: "file") else {
        throw Failure(.input, .enquiryRows, "\(file.name) has no column 'file'", hint: "columns: " + enquiryColumns.joined(separator: ","))
    }
    var enquiries: [Enquiry] = [], faults: [Failure.Fault] = []
    var numerals = reader.numerals(likely: call[Standard.excel] ? call.session.decimalMark(in: call.shopName) : nil)
    while try reader.next() {
        func value<Value: Readable & Presentable>(_ name: String, _ type: Value.Type) throws -> Value? {
            guard let i = reader.columns.firstIndex(of: name), !reader.isEmpty(i) else { return nil }
            let text = try reader.text(i, as: type, &numerals), value = Value(reading: text)
            if value == nil {
                faults.append(Failure.Fault(file: file.name, line: reader.line, column: name, "'\(text)' is not \(Value.expected)"))
            }
            return value
        }
        let name = reader.isEmpty(fileColumn) ? "" : reader.text(fileColumn)
        if name.isEmpty { faults.append(Failure.Fault(file: file.name, line: reader.line, column: "file", "a line needs a file")) }
        var enquiry = Enquiry(name: name, .path(call.world.path(name)), said: file.name, row: reader.line)
        enquiry.facts.quantity = try value("quantity", Count.self)?.value
        enquiry.facts.material = try value("material", Line.self)?.text
        enquiry.facts.thickness = try value("thickness_mm", Length.self)
        enquiry.facts.finish = try value("finish", Line.self)?.text
        enquiries.append(enquiry)
    }
    let count = "\(faults.count) \(faults.count == 1 ? "fault" : "faults")"
    guard faults.isEmpty else { throw Failure(.input, .enquiryRows, "\(file.name) has \(count): nothing was written", faults: faults) }
    return enquiries
}
