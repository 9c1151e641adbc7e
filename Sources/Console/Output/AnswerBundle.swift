import Values

/// The answers of several commands. In JSON they form one array. Only their bytes are kept.
package final class AnswerBundle {
    private let spool: Spool
    private let isArray: Bool
    private var count = 0
    /// Lines for standard error, in order.
    package private(set) var notes: [String] = []

    /// - Parameter call: the call of the batch.
    package init(for call: Call) {
        spool = Spool(folder: call.environment.temporary)
        isArray = call.format == .json
    }

    package func add(_ answer: Answer) throws {
        notes += answer.notes
        if isArray { spool.bytes.append(text: count == 0 ? "[\n" : ",\n") }
        count += 1
        try answer.spool.copyOut { bytes in
            let isEnded = isArray && bytes.last == UInt8(ascii: "\n")
            spool.bytes.append(contentsOf: isEnded ? UnsafeRawBufferPointer(rebasing: bytes.dropLast()) : bytes)
            try spool.settle()
        }
    }

    func put(into other: Spool) throws {
        try spool.copyOut { bytes in
            other.bytes.append(contentsOf: bytes)
            try other.settle()
        }
        if isArray { other.bytes.append(text: count == 0 ? "[\n]\n" : "\n]\n") }
    }
}
