import Values

/// Text of `key = value` lines: a personal file, or fields in an editor. A line that begins with `#` is a comment; an indented line
/// continues the value above.
package struct KeyValueText: Equatable, Sendable {
    package struct Pair: Sendable {
        package var key: String
        package var value: String
        package var line: Int
    }

    package private(set) var all: [Pair] = []
    /// Lines that are not pairs, and duplicate keys.
    package private(set) var faults: [Failure.Fault] = []

    /// - Parameter file: the name in faults.
    package init(reading text: String, file: String) {
        var blank = 0
        for (i, line) in text.unmarked.withPlainLines.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if line.first == "#" { continue }
            guard !String(line).trimmed.isEmpty else {
                blank += 1
                continue
            }
            if line.first == " " || line.first == "\t" {
                add(line, after: blank, Failure.Fault(file: file, line: i + 1, "this line goes on with no value"))
            } else {
                add(String(line), i + 1, file)
            }
            blank = 0
        }
    }

    private mutating func add(_ line: String, _ number: Int, _ file: String) {
        let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map { String(String($0).trimmed) }
        guard parts.count == 2, !parts[0].isEmpty else {
            return faults.append(Failure.Fault(file: file, line: number, "this is neither `key = value` nor a comment (#)"))
        }
        guard self[parts[0]] == nil else {
            return faults.append(Failure.Fault(file: file, line: number, column: parts[0], "it is there twice"))
        }
        all.append(Pair(key: parts[0], value: parts[1], line: number))
    }

    /// Appends a line to the last value, including the empty lines before it.
    private mutating func add(_ line: Substring, after blank: Int, _ fault: Failure.Fault) {
        guard !all.isEmpty else { return faults.append(fault) }
        let last = all.count - 1
        let isFirst = all[last].value.isEmpty
        all[last].value += String(repeating: "\n", count: isFirst ? 0 : blank + 1) + KeyValueText.unmoved(line)
    }

    private static func unmoved(_ line: Substring) -> String {
        if line.first == "\t" { return String(line.dropFirst()) }
        return String(line.dropFirst(min(4, line.prefix { $0 == " " }.count)))
    }

    package subscript(key: String) -> String? { all.first { $0.key == key }?.value }

    /// Formats a pair so that it can be read back.
    package static func text(_ key: String, _ value: String) -> String {
        let lines = value.split(separator: "\n", omittingEmptySubsequences: false)
        guard let first = lines.first, !first.isEmpty || lines.count > 1 else { return "\(key) =\n" }
        let more = lines.dropFirst().map { $0.isEmpty ? "\n" : "    \($0)\n" }.joined()
        return "\(key) =" + (first.isEmpty ? "\n" : " \(first)\n") + more
    }

    /// Equal if the same keys have the same values, in any order.
    package static func == (a: KeyValueText, b: KeyValueText) -> Bool {
        a.faults == b.faults && a.all.count == b.all.count && a.all.allSatisfy { b[$0.key] == $0.value }
    }
}
