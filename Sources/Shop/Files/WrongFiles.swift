import Store
import Values

extension Shop {
    /// Reads each file that a row refers to once, and reports those that are missing or damaged.
    func findWrongFiles(_ faults: Faults) throws {
        let history = History(self)
        try data.each(
            """
            SELECT sha256, max(place), id, bytes FROM (
                SELECT sha256, 'file' AS place, id, bytes FROM file
                UNION ALL SELECT drawing, '', id, NULL FROM quote_line WHERE drawing IS NOT NULL
            ) GROUP BY sha256
            """
        ) { row in
            let sha256 = row.text(0), table = row.text(1) == "file" ? "file" : "quote_line"
            guard let fault = try fault(ofFile: sha256, size: row.isNull(3) ? nil : row.int(3)) else { return }
            try faults.add(.files, "\(History.words(table)) \(try history.label(table, row.int(2), nil)): \(fault)")
        }
    }

    private func fault(ofFile sha256: String, size: Int?) throws -> String? {
        do {
            // Drops the result, so that memory does not grow with the number of files.
            defer { proved[sha256] = nil }
            switch try standing(of: sha256, size: size) {
            case .whole: return nil
            case .gone: return "its bytes are gone (files/\(sha256.prefix(2))/\(sha256))"
            case .damaged: return "its bytes are not what they were (files/\(sha256.prefix(2))/\(sha256))"
            }
        } catch let failure as Failure where failure.ending == nil { return failure.message }
    }
}
