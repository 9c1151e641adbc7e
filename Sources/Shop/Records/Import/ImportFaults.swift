import Values

/// What is wrong with the rows of a file: the first faults in memory, the others in a temporary file.
struct ImportFaults {
    private let file: String
    private let temporary: String
    private(set) var first: [Failure.Fault] = []
    private(set) var further: FaultFile?
    /// Of the row that is being read.
    private var wrongColumns: [String] = []
    private(set) var hasRowFault = false

    private static let mostInMemory = 1000

    init(file: String, temporary: String) { (self.file, self.temporary) = (file, temporary) }

    var isEmpty: Bool { first.isEmpty }

    mutating func beginRow() {
        guard hasRowFault else { return }
        (wrongColumns, hasRowFault) = ([], false)
    }

    /// Something is wrong with this column of the row.
    func isWrong(_ column: String) -> Bool { wrongColumns.contains(column) }

    mutating func add(_ line: Int, _ column: String?, _ message: String) throws {
        hasRowFault = true
        if let column { wrongColumns.append(column) }
        let fault = Failure.Fault(file: file, line: line, column: column, message)
        guard first.count >= Self.mostInMemory else { return first.append(fault) }
        let others = try further ?? FaultFile(in: temporary)
        further = others
        try others.add(fault)
    }

    var count: Int { first.count + (further?.count ?? 0) }
}
