/// The faults that a check has found, by topic. Only the first few of each topic are kept, the others counted.
package final class Faults {
    package enum Topic: Int, CaseIterable, Sendable {
        /// Tables, indexes and triggers.
        case schema
        /// Pages of the data file.
        case pages
        /// Journal entries, their changesets and `journal_table`.
        case journal
        /// Rows that differ from the journal.
        case rows
        /// Counters and ids that could be assigned a second time.
        case counters
        /// Stored totals.
        case sums
        /// Words of the search index.
        case search
        /// Files below `files/`.
        case files
    }

    package static let most = 20
    private var named = [[String]](repeating: [], count: Topic.allCases.count)
    private var others = [Int](repeating: 0, count: Topic.allCases.count)

    package init() {}

    package func add(_ topic: Topic, _ text: @autoclosure () throws -> String) rethrows {
        guard named[topic.rawValue].count < Faults.most else { return others[topic.rawValue] += 1 }
        named[topic.rawValue].append(try text())
    }

    /// Counts faults without keeping them.
    package func add(_ topic: Topic, others count: Int) { others[topic.rawValue] += count }

    package func named(_ topic: Topic) -> [String] { named[topic.rawValue] }
    package func others(_ topic: Topic) -> Int { others[topic.rawValue] }
    package var isEmpty: Bool { named.allSatisfy(\.isEmpty) && others.allSatisfy { $0 == 0 } }
}
