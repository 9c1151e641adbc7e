import Glibc
import Testing
import Values

@testable import Commands

/// Whatever commands do to a shop, its books hold: `check` is never wrong.
@Suite struct RandomShopTests {
    /// `BOOKS=10000` checks so many shops.
    private static let count = getenv("BOOKS").flatMap { Int(String(cString: $0)) } ?? 120
    private static let first = getenv("SEED").flatMap { Int(String(cString: $0)) } ?? 1
    /// Each shop goes on for so many states.
    private static let states = 4

    @Test func theBooksHold() throws {
        for seed in stride(from: Self.first, to: Self.first + Self.count, by: Self.states) {
            let workshop = try ExampleShop.copy()
            var shop = RandomShop(UInt64(seed))
            for _ in 0..<Self.states {
                try shop.work(workshop, changes: 8)
                let found = try workshop.findings()
                guard found.isEmpty else {
                    Issue.record("SEED=\(seed): \(found.joined(separator: "\n"))\nafter:\n\(shop.done.joined(separator: "\n"))")
                    break
                }
            }
        }
    }
}
