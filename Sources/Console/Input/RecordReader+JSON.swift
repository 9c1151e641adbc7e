import Values

/// The state of reading JSON.
struct JSONState {
    /// True within an array, false for one object per line, nil before the first object.
    var isArray: Bool?
    var isFirst = true
    var isDone = false
    /// Whether this is the pass that collects keys.
    var collects = false
    /// The index of each key, and the keys in that order.
    var places: [String: Int] = [:]
    var keys: [[UInt8]] = []
    /// The current key.
    var key: [UInt8] = []
}

/// Reads a JSON array of objects, or a sequence of objects (NDJSON). RFC 8259.
extension RecordReader {
    private static let deepest = 100

    /// The first pass: collects every key of every object.
    func readKeys() throws {
        json.collects = true
        while try nextObject() {}
        (json.collects, json.isArray, json.isFirst, json.isDone) = (false, nil, true, false)
    }

    func nextObject() throws -> Bool {
        (used, fault) = (0, nil)
        guard !json.isDone, try reachObject() else {
            json.isDone = true
            return false
        }
        line = currentLine
        for i in columns.indices { fields[i] = Field(kind: .absent) }
        try expect(UInt8(ascii: "{"), "an object")
        var place = -1
        if try blank() == UInt8(ascii: "}") {
            at += 1
            return true
        }
        while true {
            place = try readMember(after: place)
            switch try blank() {
            case UInt8(ascii: ","): at += 1
            case UInt8(ascii: "}"):
                at += 1
                if let fault { throw failure(fault) }
                return true
            default: throw wrong("wants a comma or a closing brace here")
            }
        }
    }

    /// Goes to the brace of the next object; returns false if there is none.
    private func reachObject() throws -> Bool {
        let first = try blank()
        guard let isArray = json.isArray else {
            json.isArray = first == UInt8(ascii: "[")
            if first == UInt8(ascii: "[") { at += 1 }
            return first == nil ? false : try reachObject()
        }
        guard isArray else { return first != nil }
        if first == UInt8(ascii: "]") {
            at += 1
            guard try blank() == nil else { throw wrong("goes on after the closing bracket") }
            return false
        }
        if !json.isFirst { try expect(UInt8(ascii: ","), "a comma") }
        json.isFirst = false
        guard try blank() != nil else { throw wrong("ends before the closing bracket") }
        return true
    }

    /// Reads `"key": value`.
    /// - Returns: the index of its column.
    private func readMember(after last: Int) throws -> Int {
        guard try blank() == UInt8(ascii: "\"") else { throw wrong("wants a key in quotes here") }
        let start = used
        try readString(0)
        json.key.removeAll(keepingCapacity: true)
        json.key.append(contentsOf: UnsafeBufferPointer(start: arena + start, count: used - start))
        used = start
        let place = try self.place(of: json.key, after: last)
        guard fields[place].kind == .absent else { throw wrong("'\(columns[place])' is there twice") }
        guard try blank() == UInt8(ascii: ":") else { throw wrong("wants a colon behind the key") }
        at += 1
        var kind = Field.Kind.plain
        switch try blank() {
        case UInt8(ascii: "\""):
            kind = .quoted
            try readString(place)
        case UInt8(ascii: "n"):
            kind = .null
            try readWord(place, start)
            used = start
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            kind = .nested
            try readValue(place, start, depth: 0)
        default: try readValue(place, start, depth: 0)
        }
        fields[place] = Field(start: start, end: used, kind: kind)
        return place
    }

    /// Objects usually have the same keys in the same order, so the next column is tried first.
    private func place(of key: [UInt8], after last: Int) throws -> Int {
        if last + 1 < json.keys.count, json.keys[last + 1] == key { return last + 1 }
        let name = String(decoding: key, as: UTF8.self)
        if let place = json.places[name] { return place }
        guard json.collects else { throw wrong("has changed while it was read") }
        guard columns.count < capacity else { throw wrong("has more than \(capacity) columns") }
        guard !name.isEmpty else { throw wrong("has a key without a name") }
        json.places[name] = columns.count
        json.keys.append(key)
        fields[columns.count] = Field(kind: .absent)
        columns.append(name)
        columnLines.append(currentLine)
        return columns.count - 1
    }

    /// Reads a number, a literal or nested JSON, without changing its text.
    private func readValue(_ column: Int, _ start: Int, depth: Int) throws {
        guard depth < RecordReader.deepest else { throw wrong("is nested too deeply", column) }
        switch try blank() {
        case UInt8(ascii: "{"): try readNested(column, start, depth, close: UInt8(ascii: "}"))
        case UInt8(ascii: "["): try readNested(column, start, depth, close: UInt8(ascii: "]"))
        case UInt8(ascii: "\""):
            // Within nested JSON a string keeps its escapes.
            let from = used
            try readString(column)
            let text = String(decoding: UnsafeBufferPointer(start: arena + from, count: used - from), as: UTF8.self)
            used = from
            var quoted: [UInt8] = []
            quoted.append(jsonText: text)
            append(quoted, quoted.count, from: start, column)
        case let byte?:
            if byte == UInt8(ascii: "-") || (48...57).contains(byte) { try readNumber(column, start) } else { try readWord(column, start) }
        case nil: throw wrong("ends where a value should be", column)
        }
    }

    private func readNested(_ column: Int, _ start: Int, _ depth: Int, close: UInt8) throws {
        try keep(column, start)
        var isFirst = true
        while let byte = try blank() {
            if byte == close { return try keep(column, start) }
            if !isFirst {
                guard byte == UInt8(ascii: ",") else { throw wrong("wants a comma here", column) }
                try keep(column, start)
                append([32], 1, from: start, column)
            }
            isFirst = false
            if close == UInt8(ascii: "}") {
                guard try blank() == UInt8(ascii: "\"") else { throw wrong("wants a key in quotes here", column) }
                try readValue(column, start, depth: depth + 1)
                guard try blank() == UInt8(ascii: ":") else { throw wrong("wants a colon behind the key", column) }
                try keep(column, start)
                append([32], 1, from: start, column)
            }
            try readValue(column, start, depth: depth + 1)
        }
        throw wrong("ends within a value", column)
    }

    /// Appends the current byte to the field.
    private func keep(_ column: Int, _ start: Int) throws {
        guard try peek() != nil else { throw wrong("ends within a value", column) }
        append(window + at, 1, from: start, column)
        at += 1
    }

    private func readWord(_ column: Int, _ start: Int) throws {
        let from = used
        while let byte = try peek(), (97...122).contains(byte), used - from < 6 { try keep(column, start) }
        let word = String(decoding: UnsafeBufferPointer(start: arena + from, count: used - from), as: UTF8.self)
        guard ["true", "false", "null"].contains(word) else { throw wrong("has '\(word)' where a value should be", column) }
    }

    /// `-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?`, kept as written.
    private func readNumber(_ column: Int, _ start: Int) throws {
        func digits() throws -> Int {
            let from = used
            while let byte = try peek(), (48...57).contains(byte), used - from < 1000 { try keep(column, start) }
            return used - from
        }
        if try peek() == UInt8(ascii: "-") { try keep(column, start) }
        let leadsWithZero = try peek() == 48
        let whole = try digits()
        guard whole > 0, !(leadsWithZero && whole > 1) else { throw wrong("has a number that is none", column) }
        if try peek() == UInt8(ascii: ".") {
            try keep(column, start)
            guard try digits() > 0 else { throw wrong("has a number that ends in a point", column) }
        }
        if let byte = try peek(), byte | 32 == UInt8(ascii: "e") {
            try keep(column, start)
            if let sign = try peek(), sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") { try keep(column, start) }
            guard try digits() > 0 else { throw wrong("has a number without its exponent", column) }
        }
    }

    /// Skips whitespace; returns the next byte without consuming it.
    private func blank() throws -> UInt8? {
        while let byte = try peek() {
            guard byte == 32 || (9...10).contains(byte) || byte == 13 else { return byte }
            if byte == 10 { currentLine += 1 }
            at += 1
        }
        return nil
    }

    private func expect(_ byte: UInt8, _ what: String) throws {
        guard try blank() == byte else { throw wrong("wants \(what) here") }
        at += 1
    }

    func wrong(_ message: String, _ column: Int? = nil) -> Failure {
        json.isDone = true
        return failure(Failure.Fault(file: name, line: currentLine, column: column.map(columnName), message))
    }
}
