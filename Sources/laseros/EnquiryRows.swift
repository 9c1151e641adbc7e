import Console
import Shop
import Values

/// The lines of an enquiry as a CSV has them: file, quantity, material, thickness_mm, finish. `dxf info --lines` writes it.
let enquiryColumns = ["file", "quantity", "material", "thickness_mm", "finish"]

/// - Throws: `input` with every fault and its line.
func enquiryRows(_ typed: String, _ call: Call) throws -> [Enquiry] {
    let file = try InputFile(typed, in: call.world)
    let reader = try RecordReader(file, guarded: call[Standard.excel])
    if let wrong = reader.columns.first(where: { !enquiryColumns.contains($0) }) {
        throw Failure(
            .input, "\(file.name) is no list of parts: it has a column '\(wrong)'",
            hint: "columns: " + enquiryColumns.joined(separator: ","))
    }
    guard let fileColumn = reader.columns.firstIndex(of: "file") else {
        throw Failure(.input, "\(file.name) has no column 'file'", hint: "columns: " + enquiryColumns.joined(separator: ","))
    }
    var enquiries: [Enquiry] = [], faults: [Failure.Fault] = []
    while try reader.next() {
        func value<Value: Readable>(_ name: String, _ type: Value.Type) -> Value? {
            guard let i = reader.columns.firstIndex(of: name), !reader.isEmpty(i) else { return nil }
            let text = reader.text(i), value = Value(reading: text)
            if value == nil {
                faults.append(Failure.Fault(file: file.name, line: reader.line, column: name, "'\(text)' is not \(Value.expected)"))
            }
            return value
        }
        let name = reader.isEmpty(fileColumn) ? "" : reader.text(fileColumn)
        if name.isEmpty { faults.append(Failure.Fault(file: file.name, line: reader.line, column: "file", "a line needs a file")) }
        var enquiry = Enquiry(name: name, path: call.world.path(name), said: file.name, row: reader.line)
        enquiry.quantity = value("quantity", Count.self)?.value
        enquiry.material = value("material", Line.self)?.text
        enquiry.thickness = value("thickness_mm", Length.self)
        enquiry.finish = value("finish", Line.self)?.text
        enquiries.append(enquiry)
    }
    guard faults.isEmpty else { throw Failure(.input, "\(file.name) has \(faults.count) faults: nothing was written", faults: faults) }
    return enquiries
}
