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
        var number = 0, digits = 0
        var wanted = prefix.utf8.makeIterator()
        for byte in code.utf8 {
            if let letter = wanted.next() {
                guard byte & ~32 == letter & ~32 else { return nil }
            } else {
                guard (48...57).contains(byte), digits < 9 else { return nil }
                (number, digits) = (number * 10 + Int(byte) - 48, digits + 1)
            }
        }
        return digits > 0 ? number : nil
    }
}
