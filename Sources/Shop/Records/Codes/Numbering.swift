import Store
import Values

extension Shop {
    /// The next number of a series. Numbers are never reused, even after an undo or a removal.
    package func next(_ series: String) throws -> Int {
        let next: Int? = try data.one(
            """
            INSERT INTO aux_counter (series, value) VALUES (\(series), 1)
            ON CONFLICT (series) DO UPDATE SET value = value + 1 RETURNING value
            """
        ) { try $0.get(0) }
        guard let next, next > 0 else {
            throw Failure(.store, .numbering, "the counter of \(series) is below 0, where no number was given", hint: "laseros log verify")
        }
        return next
    }

    /// Raises the counter of a series to a number that came from elsewhere.
    func reserve(_ series: String, through number: Int) throws {
        try data.run(
            """
            INSERT INTO aux_counter (series, value) VALUES (\(series), \(number))
            ON CONFLICT (series) DO UPDATE SET value = max(value, excluded.value)
            """)
    }

    /// The next free code, such as `CL-0001`. A code of the series may already be in use because it was typed or imported.
    func nextCode(_ prefix: String, digits: Int, in table: String, _ column: String = "code") throws -> String {
        while true {
            let code = prefix + "\(try next(prefix))".padded(to: digits, with: "0")
            let isTaken = try data.one("SELECT 1 FROM \(name: table) WHERE \(name: column) = \(code)") { _ in true } ?? false
            if !isTaken { return code }
        }
    }

    /// The series and number of a code that ends in a number: `JB-2026-11-CL0001-` and 1; nil for any other code.
    static func series(of code: String, prefix: String) -> (name: String, number: Int)? {
        let digits = code.reversed().prefix { $0.isASCII && $0.isNumber }.count, name = code.dropLast(digits).uppercased()
        guard name.hasPrefix(prefix), let number = number(of: code, prefix: name) else { return nil }
        return (name, number)
    }

    /// The number of a code in a series: 7 for `CL-0007`; nil for any other code.
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
