import Glibc

/// An unnamed temporary file for the faults that do not fit into memory: each row of a million may have one. One thread writes it and then
/// reads it.
package final class FaultFile: @unchecked Sendable {
    package private(set) var count = 0
    private let folder: String
    private let file: Int32
    private var unwritten: [UInt8] = []

    private static let piece = 1 << 16

    package init(in folder: String) throws {
        self.folder = folder
        file = try File.scratch(in: folder)
    }

    deinit { close(file) }

    /// Appends a fault as its texts, each preceded by its length; 0 stands for an absent one.
    package func add(_ fault: Failure.Fault) throws {
        count += 1
        append(fault.line.map { $0 + 1 } ?? 0)
        for text in [fault.file, fault.column, fault.message] {
            append((text?.utf8.count).map { $0 + 1 } ?? 0)
            if let text { unwritten += text.utf8 }
        }
        if unwritten.count >= Self.piece { try write() }
    }

    private func append(_ number: Int) { withUnsafeBytes(of: number.littleEndian) { unwritten += $0 } }

    private func write() throws {
        try unwritten.withUnsafeBytes { try File.write($0, to: file, name: "a temporary file in \(folder)") }
        unwritten.removeAll(keepingCapacity: true)
    }

    /// Calls `body` for each fault, in order.
    package func each(_ body: (Failure.Fault) throws -> Void) throws {
        try write()
        guard lseek(file, 0, SEEK_SET) == 0 else { throw File.failure("read", "a temporary file in \(folder)") }
        var reader = Reader(file: file, folder: folder)
        for _ in 0..<count {
            let line = try reader.number()
            let (name, column, message) = (try reader.text(), try reader.text(), try reader.text())
            try body(Failure.Fault(file: name ?? "", line: line == 0 ? nil : line - 1, column: column, message ?? ""))
        }
    }

    private struct Reader {
        let file: Int32
        let folder: String
        private var bytes: [UInt8] = []
        private var at = 0

        init(file: Int32, folder: String) { (self.file, self.folder) = (file, folder) }

        mutating func number() throws -> Int {
            try take(8) { Int(littleEndian: $0.loadUnaligned(as: Int.self)) }
        }

        mutating func text() throws -> String? {
            let length = try number()
            return length == 0 ? nil : try take(length - 1) { String(decoding: $0, as: UTF8.self) }
        }

        private mutating func take<Value>(_ count: Int, _ body: (UnsafeRawBufferPointer) -> Value) throws -> Value {
            while bytes.count - at < count {
                bytes.removeFirst(at)
                at = 0
                let read = try withUnsafeTemporaryAllocation(byteCount: FaultFile.piece, alignment: 16) { buffer in
                    let read = try File.read(file, into: buffer, name: "a temporary file in \(folder)")
                    bytes += buffer[..<read]
                    return read
                }
                guard read > 0 else { throw Failure(.outside, .faultFile, "a temporary file in \(folder) was cut short") }
            }
            defer { at += count }
            return bytes.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[at..<at + count])) }
        }
    }
}
