import Console
import Shop
import Values

/// The columns of an enquiry's CSV; `dxf info --lines` writes it.
let enquiryColumns = ["file", "quantity", "material", "thickness_mm", "finish"]

/// - Throws: `input` with every fault and its line.
func enquiryRows(_ typed: String, _ call: Call) throws -> [Enquiry] {
    let rows = try RowFile(typed, call, enquiryColumns, needed: ["file"], others: false, .enquiryRows)
    var enquiries: [Enquiry] = []
    while try rows.next() {
        let name = rows.value("file", String.self)
        if name == nil { rows.fault("file", "a line needs a file") }
        var enquiry = Enquiry(name: name ?? "", .path(call.environment.path(name ?? "")), said: rows.name, row: rows.line)
        enquiry.facts.quantity = rows.value("quantity", Count.self)?.value
        enquiry.facts.material = rows.value("material", Line.self)?.text
        enquiry.facts.thickness = rows.value("thickness_mm", Length.self)
        enquiry.facts.finish = rows.value("finish", Line.self)?.text
        enquiries.append(enquiry)
    }
    guard rows.faults.isEmpty else {
        throw Failure(.input, .enquiryRows, "\(rows.summary): nothing was written", faults: rows.faults)
    }
    return enquiries
}
