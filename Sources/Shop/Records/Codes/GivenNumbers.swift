import Store
import Values

/// Compares the numbers that entries have assigned with the counters. A counter that is too low would assign a number a second time.
final class GivenNumbers: NumberWatch {
    private enum Series {
        /// `CL-`
        case one(String)
        /// Several series with a common prefix: `INV-2026-`, `INV-2027-`.
        case several(String)
    }

    private let shop: Shop
    private let faults: Faults
    private let series: [String: [String: Series]]
    /// The recently used series, limited so that a million of them need little memory: the counter, and the highest number assigned.
    private var seen: [String: (counter: Int?, highest: Int)] = [:]
    private var told: Set<String> = []

    init(_ shop: Shop, _ faults: Faults) {
        (self.shop, self.faults) = (shop, faults)
        // Numbers of documents are assigned by their own commands.
        var series: [String: [String: Series]] = [
            "quote": ["code": .several("QT-")], "invoice": ["draft": .one("DI-"), "number": .several("INV-")],
            "payment": ["code": .one("PY-")],
        ]
        for noun in shop.nouns {
            switch noun.coding {
            case .typed: continue
            case .series(let prefix, _): series[noun.name] = [noun.code: .one(prefix)]
            // The number of an entry of the queue is its step within its project.
            case .made("", _): continue
            case .made(let prefix, _): series[noun.name] = [noun.code: .several(prefix)]
            }
        }
        self.series = series
    }

    func watch(_ table: String, _ column: String) -> ((UnsafeRawBufferPointer) throws -> Void)? {
        guard let series = series[table]?[column] else { return nil }
        return { [self] bytes in
            let code = String(decoding: bytes, as: UTF8.self)
            switch series {
            case .one(let name): if let number = Shop.number(of: code, prefix: name) { try see(name, number) }
            case .several(let prefix): if let (name, number) = Shop.series(of: code, prefix: prefix) { try see(name, number) }
            }
        }
    }

    func see(_ name: String, _ number: Int) throws {
        if let known = seen[name] {
            if number > known.highest { seen[name] = (known.counter, number) }
            return
        }
        if seen.count >= 1000 { findFaults() }
        seen[name] = (try counter(name), number)
    }

    private func counter(_ series: String) throws -> Int? {
        do {
            return try shop.data.one("SELECT value FROM aux_counter WHERE series = \(series)") { $0.int(0) }
        } catch let failure as Failure where failure.ending == nil {
            // A missing table is reported elsewhere.
            return nil
        }
    }

    /// Reports the counters that are too low.
    func findFaults() {
        for (name, (counter, highest)) in seen.sorted(by: { $0.key < $1.key }) where counter ?? 0 < highest {
            guard told.count < Faults.most, told.insert(name).inserted else { continue }
            let stands = counter.map { "stands at \($0)" } ?? "is gone"
            faults.add(.counters, "the counter of \(name) \(stands), but \(highest) was given")
        }
        seen.removeAll(keepingCapacity: true)
    }
}
