import Console
import Testing
import Values

/// Random and mostly invalid text: the reader accepts the same texts as Python, with the same result.
@Suite struct DifferentialTests {
    /// Runs a Python function `f(text)`, which returns a list of rows or None, for many texts. Cells end in U+001F, rows in U+001E.
    private func judged(_ texts: [String], by function: String) throws -> [String?] {
        let script =
            "import csv, io, json, sys\n\(function)\nfor line in json.load(sys.stdin):\n"
            + "    r = f(line[\"c0\"]); print(json.dumps({\"r\": None if r is None else \"\".join(\"\".join(c + \"\\x1f\" for c in x) + \"\\x1e\" for x in r)}))"
        let answer = try Hostile.python(script, Hostile.printed(texts.map { [$0] }, "--json"))
        let reader = try RecordReader(InputFile(answer, name: "python"), dialect: .json)
        var all: [String?] = []
        while try reader.next() { all.append(reader.isNull(0) ? nil : reader.text(0)) }
        return all
    }

    @Test func brokenCSV() throws {
        var random = Seeded(state: 11)
        let pieces = ["a", "b", "\"", "\"", "\"\"", ",", ",", "\n", "\r", "\r\n", " ", "é"]
        let texts = (0..<3000).map { _ in
            "x,y\n" + (0..<Int.random(in: 0...14, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
        }
        let python = """
            def f(text):
                try: rows = [r for r in csv.reader(io.StringIO(text, newline=""), strict=True) if r]
                except csv.Error: return None
                return rows[1:] if all(len(r) == 2 for r in rows) else None
            """
        var accepted = 0
        for (text, wanted) in zip(texts, try judged(texts, by: python)) {
            let rows = try? Hostile.read(Array(text.utf8), .csv).rows
            let read = rows?.map { $0.map { $0 + "\u{1f}" }.joined() + "\u{1e}" }.joined()
            #expect(read == wanted, "\(text.debugDescription)")
            if wanted?.isEmpty == false { accepted += 1 }
        }
        #expect(accepted > 300)
    }

    @Test func brokenJSON() throws {
        var random = Seeded(state: 12)
        let whole = Array(
            "[{\"a\": \"x\\n\\u00e9\\ud83d\\ude00\", \"b\": -10.25e+3}, {\"a\": null, \"b\": [1, {\"c\": true}]}, {}]" as String)
        let pieces = Array("[]{}:,\"\\0159.eE+-ntu \na")
        let texts = (0..<3000).map { _ in
            var text = whole
            for _ in 0..<Int.random(in: 0...2, using: &random) {
                let at = Int.random(in: 0..<text.count, using: &random)
                switch Int.random(in: 0...2, using: &random) {
                case 0: text.remove(at: at)
                case 1: text.insert(pieces.randomElement(using: &random) ?? " ", at: at)
                default: text[at] = pieces.randomElement(using: &random) ?? " "
                }
            }
            return String(text)
        }
        let python = """
            class Pairs(list): pass
            def bad(x): raise ValueError
            def clean(v):
                if isinstance(v, str): v.encode(); return "\\0" not in v
                if isinstance(v, list): return all(clean(i[0]) and clean(i[1]) if isinstance(v, Pairs) else clean(i) for i in v)
                return True
            def f(text):
                try:
                    rows = json.loads(text, parse_constant=bad, object_pairs_hook=Pairs)
                    if not isinstance(rows, list) or isinstance(rows, Pairs) or not clean(rows): return None
                    for r in rows:
                        if not isinstance(r, Pairs) or len({k for k, v in r}) != len(r) or any(not k for k, v in r): return None
                    return []
                except (ValueError, UnicodeError): return None
            """
        var accepted = 0
        for (text, wanted) in zip(texts, try judged(texts, by: python)) {
            // Without the bracket it is NDJSON, which Python's parser does not read.
            let isArray = text.first { !$0.isWhitespace } == "["
            let read = try? Hostile.read(Array(text.utf8), .json)
            #expect((read != nil && isArray) == (wanted != nil), "\(text)")
            if wanted != nil { accepted += 1 }
        }
        #expect(accepted > 300)
    }
}
