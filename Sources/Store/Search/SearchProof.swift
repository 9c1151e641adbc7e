import Values

/// Compares the search index with the rows: the sum of all hashed words of the documents that the rows make, and of those in the index. The
/// key of the hash is random for each run.
struct SearchProof {
    private let data: Database
    private let hash = KeyedHash()
    init(_ data: Database) { self.data = data }

    /// - Returns: the tables whose documents differ from their rows; an empty name stands for documents of no table.
    func differences(_ tables: [SearchedTable]) throws -> [String] {
        var sums: [Int: UInt128] = [:]
        for table in tables {
            let text = DocumentText()
            var sum: UInt128 = 0
            let rows = try Cursor(data, "SELECT \(table.cells) FROM \(name: table.name)")
            while try rows.next() {
                guard let document = table.document(rows.row.int(0)) else { continue }
                text.removeAll()
                rows.row.appendSearched(table.columns.count, to: text)
                let bytes = text.mutableBytes
                for i in bytes.indices where (65...90).contains(bytes[i]) { bytes[i] += 32 }
                var seen: Set<UInt128> = []
                SearchText.each(in: text.bytes) { seen.insert(entry(document, $0)) }
                for value in seen { sum &+= value }
            }
            sums[table.number] = sum
        }
        let entries = try Cursor(data, "SELECT doc, term FROM aux_search_entry")
        while try entries.next() {
            let document = entries.row.int(0)
            sums[SearchedTable.row(ofDocument: document).table, default: 0] &-= entry(document, BorrowedCell(entries.row, 1).bytes)
        }
        return sums.filter { $0.value != 0 }.keys.sorted().map { number in tables.first { $0.number == number }?.name ?? "" }
    }

    private func entry(_ document: Int, _ word: UnsafeRawBufferPointer) -> UInt128 {
        hash.cell(hash.row(0, Int64(document)), 0, BorrowedCell(kind: .text, bytes: word))
    }
}

extension Database {
    /// The names of the tables whose rows differ from the search index.
    package func searchDifferences(_ tables: [SearchedTable]) throws -> [String] { try SearchProof(self).differences(tables) }
}
