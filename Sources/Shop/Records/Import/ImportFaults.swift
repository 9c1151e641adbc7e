import Values

/// The faults of a file's rows: the first ones in memory, the others in a temporary file.
struct ImportFaults {
    private let file: String
    private let temporary: String
    private(set) var first: [Failure.Fault] = []
    private(set) var further: FaultFile?
    /// Whether the faults of a row are kept apart, because the row is left out and does not refuse the file.
    var setsAside = false
    private(set) var ofRow: [Failure.Fault] = []
    /// The faulty columns of the current row.
    private var wrongColumns: [String] = []
    private(set) var hasRowFault = false

    private static let mostInMemory = 1000

    init(file: String, temporary: String) { (self.file, self.temporary) = (file, temporary) }

    var isEmpty: Bool { first.isEmpty }

    mutating func beginRow() {
        guard hasRowFault else { return }
        (wrongColumns, hasRowFault, ofRow) = ([], false, [])
    }

    /// Whether the column of the current row has a fault.
    func isWrong(_ column: String) -> Bool { wrongColumns.contains(column) }

    mutating func add(_ line: Int, _ column: String?, _ message: String) throws {
        hasRowFault = true
        if let column { wrongColumns.append(column) }
        let fault = Failure.Fault(file: file, line: line, column: column, message)
        if setsAside { return ofRow.append(fault) }
        guard first.count >= Self.mostInMemory else { return first.append(fault) }
        let others = try further ?? FaultFile(in: temporary)
        further = others
        try others.add(fault)
    }

    var count: Int { first.count + (further?.count ?? 0) }
}
