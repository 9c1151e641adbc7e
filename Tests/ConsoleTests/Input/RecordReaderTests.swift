import Console
import Testing
import Values

@Suite struct RecordReaderTests {
    private func rows(_ text: String) throws -> [[String]] { try Hostile.read(Array(text.utf8)).rows }

    @Test(arguments: [
        ("a,b\n1,2\n", [["1", "2"]]),
        ("\u{FEFF}a,b\r\n1,2\r\n\r\n3,4", [["1", "2"], ["3", "4"]]),
        ("\n\na,b\r1,\"x\r\ny\"\r", [["1", "x\r\ny"]]),
        ("a,b\n\"\"\"\",\n", [["\"", ""]]),
        ("a,b\n3\" pipe,'\n", [["3\" pipe", "'"]]),
        ("a\tb\n1\\t2\t\"x\\\\\"\n", [["1\t2", "\"x\\\""]]),
        ("a\n\"\"\n", [[""]]),
        ("a,b\n", []),
        ("[]", []), ("[\n]\n", []),
        ("{\"a\": 1}\n\n{\"b\": \"x\", \"a\": null}\n", [["1", ""], ["", "x"]]),
        (
            "[{\"a\":-0.10,\"b\":1E+5},{\"b\":true,\"c\":{\"x\":[1,{\"y\":\"\\u00e9\"}]}}]",
            [["-0.10", "1E+5", ""], ["", "true", "{\"x\": [1, {\"y\": \"é\"}]}"]]
        ),
        ("{\"a\": \"\\ud83d\\ude00\\/\\b\"}{}", [["😀/\u{8}"], [""]]),
    ])
    func reads(_ text: String, _ wanted: [[String]]) throws {
        #expect(try rows(text) == wanted)
    }

    @Test(arguments: [
        ("", "x.csv is empty: its first line must name the columns"),
        ("a,b\n1\n", "2: has 1 fields, the header has 2"),
        ("a,b\n1,2,3\n", "2: has more fields than the 2 of the header"),
        // Lines are counted as in an editor.
        ("a,b\r\n1,2\r\n3\r\n", "3: has 1 fields, the header has 2"),
        ("a,b\r\n1,\"x\r\ny\"\r\n3\r\n", "4: has 1 fields, the header has 2"),
        ("a,b\n1,\"x\ny\"\n3\n", "4: has 1 fields, the header has 2"),
        ("a,b\n\n1,\"2\n3\n", "3: b: opens a quote that is never closed"),
        ("a,b\n1,\"2\"3\n", "2: b: has text behind its closing quote"),
        ("a,b\n\"1\n2\",\u{0}\n", "3: b: holds a NUL character"),
        ("a,a\n", "1: column 2: 'a' is there twice"),
        ("a, ,b\n", "1: column 2: has no name"),
        ("{\"a\": 1, \"a\": 2}", "1: 'a' is there twice"),
        ("{\"a\": 01}", "1: a: has a number that is none"),
        ("{\"a\": 1.}", "1: a: has a number that ends in a point"),
        ("{\"a\": nul}", "1: a: has 'nul' where a value should be"),
        ("{\"a\": \"\\ud800\"}", "1: a: has half a pair of surrogates"),
        ("{\"a\": \"x\ny\"}", "1: a: has a control character in a string"),
        ("{\"a\": \"x", "1: a: opens a string that is never closed"),
        ("{\"a\": [1 2]}", "1: a: wants a comma here"),
        ("[{\"a\": 1}\n", "2: wants a comma here"),
        ("[{\"a\": 1}\n] x", "2: goes on after the closing bracket"),
        ("[1]", "1: wants an object here"),
    ])
    func refuses(_ text: String, _ wanted: String) throws {
        let failure = #expect(throws: Failure.self) { try rows(text) }
        let fault = failure?.faults.first
        let said = fault.map { "\($0.line.map { "\($0): " } ?? "")\($0.column.map { "\($0): " } ?? "")\($0.message)" }
        #expect(failure?.kind == .input && (said ?? failure?.message) == wanted)
    }

    @Test func badBytesAreRefused() throws {
        let bad: [[UInt8]] = [[0xC3], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0x80], [0xE2, 0x82]]
        for bytes in bad {
            for (before, after) in [("a\n", "\n"), ("a\n\"", "\"\n"), ("{\"a\": \"", "\"}")] {
                let failure = #expect(throws: Failure.self) { try Hostile.read(Array(before.utf8) + bytes + Array(after.utf8)) }
                #expect(failure?.faults.first?.message == "is not UTF-8 text")
            }
        }
        #expect(throws: Failure.self) { try Hostile.read([0xFF, 0xFE, 97, 0, 10, 0]) }
    }

    @Test func rowsBehindAFaultAreRead() throws {
        let reader = try RecordReader(InputFile(Array("a,b\n1\n2,3\n4,5,6\n7,8\n".utf8), name: "x"))
        var good: [String] = [], lines: [Int] = []
        while true {
            do {
                guard try reader.next() else { break }
                good.append(reader.text(0))
            } catch let failure as Failure { lines += failure.faults.compactMap(\.line) }
        }
        #expect(good == ["2", "7"] && lines == [2, 4])
    }

    @Test func emptyNullAndAbsentDiffer() throws {
        let csv = try RecordReader(InputFile(Array("a,b,c\n,NULL,\"NULL\"\n".utf8), name: "x"))
        #expect(
            try csv.next() && csv.isEmpty(0) && !csv.isNull(0) && csv.isNull(1) && csv.isEmpty(1) && !csv.isNull(2) && csv.text(2) == "NULL"
        )
        let json = try RecordReader(InputFile(Array("{\"a\": null, \"b\": \"\"} {\"c\": 0}".utf8), name: "x"))
        #expect(
            try json.next() && json.isNull(0) && !json.isNull(1) && json.isEmpty(1) && !json.isAbsent(1) && json.isAbsent(2)
                && json.line == 1)
    }

    /// TSV has no quotes, so a backslash distinguishes the word from the marker that clears a field.
    @Test func anEscapedNullIsText() throws {
        let tsv = try RecordReader(InputFile(Array("a\tb\n\\NULL\tNULL\n".utf8), name: "x"))
        #expect(try tsv.next() && tsv.text(0) == "NULL" && !tsv.isNull(0) && tsv.isNull(1))
    }

    @Test func whatIsTooLargeIsRefusedInLittleMemory() throws {
        func said(_ head: String, _ piece: String, _ times: Int) throws -> String? {
            let head = Array(head.utf8), piece = Array(repeatElement(piece, count: 65_536).joined().utf8)
            var rest: ArraySlice<UInt8> = head[...], left = times
            let refill = { (buffer: UnsafeMutableRawBufferPointer) -> Int in
                if rest.isEmpty, left > 0 { (rest, left) = (piece[...], left - 1) }
                let count = min(rest.count, buffer.count)
                buffer.copyBytes(from: rest.prefix(count))
                rest = rest.dropFirst(count)
                return count
            }
            let failure = #expect(throws: Failure.self) {
                let reader = try RecordReader(name: "x", refill: refill, rewind: {})
                while try reader.next() {}
            }
            return failure?.faults.first?.message
        }
        #expect(try said("a,b\n1,", "xxxx", 20) == "is longer than 1 MiB")
        #expect(try said("a,b\n1,\"", "x\"\"y", 20) == "is longer than 1 MiB")
        #expect(try said("a,b\n1,", "x,", 20) == "has more fields than the 2 of the header")
        #expect(try said("a", ",b", 20) == "has more than 10000 columns")
        #expect(try said("{\"a\": \"", "xxxx", 20) == "is longer than 1 MiB")
        #expect(try said("{\"a\": ", "[", 1) == "is nested too deeply")
        #expect(try said("{\"a\": ", "1", 1) == "wants a comma or a closing brace here")
    }

    @Test func standardInputIsReadTwice() throws {
        let text = Array("{\"a\": 1}\n{\"b\": 2}\n".utf8)
        nonisolated(unsafe) var at = 0
        var environment = Bench.environment()
        environment.input = { buffer in
            guard at < text.count, !buffer.isEmpty else { return 0 }
            buffer[0] = text[at]
            at += 1
            return 1
        }
        let reader = try RecordReader(InputFile("-", in: environment))
        #expect(
            try reader.columns == ["a", "b"] && reader.next() && reader.text(0) == "1" && reader.next() && reader.isAbsent(0)
                && reader.text(1) == "2")
        #expect(throws: Failure.self) { try InputFile("/none", in: environment) }
        #expect(throws: Failure.self) { try InputFile("/tmp", in: environment) }
    }
}
