import Glibc
import Testing

/// Returns what poppler, a PDF reader, reports about a file: `poppler("pdftotext -layout % -", pdf)`.
func poppler(_ command: String, _ pdf: [UInt8]) throws -> String { String(decoding: try popplerBytes(command, pdf), as: UTF8.self) }

func popplerBytes(_ command: String, _ pdf: [UInt8]) throws -> [UInt8] {
    var name = Array("/tmp/laseros-paper-XXXXXX".utf8CString)
    let file = mkstemp(&name)
    try #require(file >= 0)
    let path = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    defer { unlink(path) }
    #expect(write(file, pdf, pdf.count) == pdf.count)
    close(file)
    let words = command.split(separator: " ").map { $0 == "%" ? path : String($0) }.joined(separator: " ")
    let pipe = try #require(popen(words + " 2>&1", "r"))
    var text: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while case let count = fread(&buffer, 1, buffer.count, pipe), count > 0 { text += buffer[..<count] }
    #expect(pclose(pipe) == 0, "\(command)")
    return text
}

/// The number of pages that pdfinfo reports.
func pages(_ pdf: [UInt8]) throws -> Int? {
    let line = try poppler("pdfinfo %", pdf).split(separator: "\n").first { $0.hasPrefix("Pages:") }
    return line?.split(separator: " ").last.flatMap { Int($0) }
}
