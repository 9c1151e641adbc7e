import Store
import Values

extension Shop {
    /// The next number of a series. Numbers never go back: not after an undo, not after a removal.
    package func next(_ series: String) throws -> Int {
        try data.one(
            "INSERT INTO counter (series, value) VALUES (\(series), 1) ON CONFLICT (series) DO UPDATE SET value = value + 1 RETURNING value"
        ) { $0.int(0) } ?? 1
    }

    /// Lifts a series above a number that came from elsewhere.
    func reserve(_ series: String, through number: Int) throws {
        try data.run(
            """
            INSERT INTO counter (series, value) VALUES (\(series), \(number))
            ON CONFLICT (series) DO UPDATE SET value = max(value, excluded.value)
            """)
    }

    /// `CL-0001`, the next that is free.
    func nextCode(_ prefix: String, digits: Int) throws -> String {
        prefix + "\(try next(prefix))".padded(to: digits, with: "0")
    }

    /// The number of a code of a series: 7 for `CL-0007`; nil for any other code.
    static func number(of code: String, prefix: String) -> Int? {
        guard code.utf8.count > prefix.utf8.count, code.uppercased().hasPrefix(prefix) else { return nil }
        let digits = code.dropFirst(prefix.count)
        guard digits.utf8.allSatisfy({ (48...57).contains($0) }), let number = Int(digits), number < 1_000_000_000 else { return nil }
        return number
    }
}
