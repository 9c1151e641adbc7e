/// Sums of hashed cells, to compare two sources of the same rows: the journal's changes and the tables. Each row belongs to one of many
/// buckets; only rows in buckets whose sum is not zero have to be compared one by one.
///
/// The hash of a cell covers its table, row and column. The key is random for each run, so that nobody can construct cells that collide;
/// therefore sums are never stored.
struct CellSums {
    static let buckets = 1 << 16
    private var sums = [UInt128](repeating: 0, count: buckets)
    private let hash = KeyedHash()

    /// Returns the bucket of a row.
    static func bucket(_ table: Int, _ id: Int64) -> Int {
        Int(truncatingIfNeeded: UInt64(bitPattern: id) &+ UInt64(table) &* 0x9E37_79B9_7F4A_7C15) & (buckets - 1)
    }

    /// - Parameter columns: the number of each cell's column. Cells with a negative number, NULL and absent cells are not counted.
    mutating func add(_ table: Int, _ id: Int64, _ cells: [BorrowedCell], _ columns: [Int]) {
        sums[CellSums.bucket(table, id)] &+= sum(table, id, cells, columns)
    }

    /// - Parameter first: the index of the first cell to count.
    mutating func subtract(_ table: Int, _ id: Int64, _ cells: [BorrowedCell], _ columns: [Int], from first: Int = 0) {
        sums[CellSums.bucket(table, id)] &-= sum(table, id, cells, columns, from: first)
    }

    private func sum(_ table: Int, _ id: Int64, _ cells: [BorrowedCell], _ columns: [Int], from first: Int = 0) -> UInt128 {
        let row = hash.row(table, id)
        var sum: UInt128 = 0
        for i in first..<min(cells.count, columns.count) where columns[i] >= 0 && cells[i].kind != .null && cells[i].kind != .absent {
            sum &+= hash.cell(row, columns[i], cells[i])
        }
        return sum
    }

    /// The buckets whose sum is not zero.
    var uneven: [Int] { sums.indices.filter { sums[$0] != 0 } }
}

/// SipHash-2-4 with a 128-bit result (Aumasson and Bernstein, 2012) and a random key.
struct KeyedHash {
    struct State {
        fileprivate var v0: UInt64, v1: UInt64, v2: UInt64, v3: UInt64

        @inline(__always) fileprivate mutating func round() {
            v0 &+= v1
            v1 = (v1 << 13 | v1 >> 51) ^ v0
            v0 = v0 << 32 | v0 >> 32
            v2 &+= v3
            v3 = (v3 << 16 | v3 >> 48) ^ v2
            v0 &+= v3
            v3 = (v3 << 21 | v3 >> 43) ^ v0
            v2 &+= v1
            v1 = (v1 << 17 | v1 >> 47) ^ v2
            v2 = v2 << 32 | v2 >> 32
        }

        @inline(__always) fileprivate mutating func take(_ word: UInt64) {
            v3 ^= word
            round()
            round()
            v0 ^= word
        }

        @inline(__always) fileprivate mutating func finish() -> UInt128 {
            v2 ^= 0xEE
            for _ in 0..<4 { round() }
            let low = v0 ^ v1 ^ v2 ^ v3
            v1 ^= 0xDD
            for _ in 0..<4 { round() }
            return UInt128(v0 ^ v1 ^ v2 ^ v3) << 64 | UInt128(low)
        }
    }

    private let start: State

    init(key: (UInt64, UInt64) = (.random(in: 0 ... .max), .random(in: 0 ... .max))) {
        start = State(
            v0: 0x736F_6D65_7073_6575 ^ key.0, v1: 0x646F_7261_6E64_6F6D ^ key.1 ^ 0xEE, v2: 0x6C79_6765_6E65_7261 ^ key.0,
            v3: 0x7465_6462_7974_6573 ^ key.1)
    }

    func row(_ table: Int, _ id: Int64) -> State {
        var state = start
        state.take(UInt64(table))
        state.take(UInt64(bitPattern: id))
        return state
    }

    func cell(_ row: State, _ column: Int, _ cell: BorrowedCell) -> UInt128 {
        var state = row
        state.take(UInt64(column) << 8 | UInt64(cell.kind.rawValue))
        if cell.kind == .integer || cell.kind == .real { state.take(cell.bits) } else { state.take(cell.bytes) }
        return state.finish()
    }
}

extension KeyedHash.State {
    @inline(__always) fileprivate mutating func take(_ bytes: UnsafeRawBufferPointer) {
        let whole = bytes.count & ~7
        for at in stride(from: 0, to: whole, by: 8) { take(UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self))) }
        // SipHash puts the length into the highest byte of the last word.
        var last = UInt64(truncatingIfNeeded: bytes.count) << 56
        for at in whole..<bytes.count { last |= UInt64(bytes[at]) << UInt64(8 * (at - whole)) }
        take(last)
    }
}
