import Store
import Values

/// The codes of an import: those in the file, and those that it assigns.
struct ImportCodes {
    private let shop: Shop
    private let noun: Noun
    private var nextNumber: Int?
    private var highest = 0
    /// The highest number of each series among the codes in the file.
    private var reserved: [String: Int] = [:]
    /// The ids of rows that were assigned a code.
    private var given = Bits()

    init(_ shop: Shop, _ noun: Noun) { (self.shop, self.noun) = (shop, noun) }

    /// The code in the file, or a new one that is free so far.
    mutating func code(for record: Record) throws -> String {
        switch noun.coding {
        case .series(let prefix, let digits):
            guard let code = record.code else { return try next(prefix, digits: digits) }
            if let number = Shop.number(of: code, prefix: prefix) { highest = max(highest, number) }
            return code
        case .typed:
            guard let code = record.code else { throw Failure(.input, .importCodes, "\(article(noun.word)) needs a code") }
            return code
        case .made(let prefix, let make):
            guard let code = record.code else { return try make(shop, record) }
            if let (name, number) = Shop.series(of: code, prefix: prefix) { reserved[name] = max(reserved[name] ?? 0, number) }
            return code
        }
    }

    private mutating func next(_ prefix: String, digits: Int) throws -> String {
        if nextNumber == nil { nextNumber = try shop.next(prefix) - 1 }
        highest = max(nextNumber ?? 0, highest) + 1
        nextNumber = highest
        return prefix + "\(highest)".padded(to: digits, with: "0")
    }

    /// Notes a row that was assigned a code.
    mutating func gave(to id: Int) { given[id] = true }

    /// Forgets a row that was left out, because another row may get its id.
    mutating func forget(_ id: Int) { given[id] = false }

    /// Frees a code that a later row of the file contains, by assigning another code to the row that got it.
    /// - Returns: whether the code is free now.
    mutating func makeWay(_ id: Int) throws -> Bool {
        guard given[id], let old = try shop.data.one("SELECT code FROM \(name: noun.name) WHERE id = \(id)", { $0.text(0) }) else {
            return false
        }
        let new: String
        if case .series(let prefix, let digits) = noun.coding {
            new = try next(prefix, digits: digits)
        } else {
            let digits = old.reversed().prefix { $0.isASCII && $0.isNumber }.count
            new = try shop.nextCode(String(old.dropLast(digits)), digits: digits, in: noun.name)
        }
        try shop.data.run("UPDATE \(name: noun.name) SET code = \(new) WHERE id = \(id)")
        return true
    }

    /// Raises the counters above all codes in the file.
    func reserve() throws {
        if case .series(let prefix, _) = noun.coding, highest > 0 { try shop.reserve(prefix, through: highest) }
        for (name, number) in reserved { try shop.reserve(name, through: number) }
    }
}

/// A set of row ids of any size, one bit each.
struct Bits {
    private var words: [Int: UInt64] = [:]

    subscript(i: Int) -> Bool {
        get { words[i >> 6, default: 0] >> UInt64(i & 63) & 1 == 1 }
        set { if newValue { words[i >> 6, default: 0] |= 1 << UInt64(i & 63) } }
    }
}
