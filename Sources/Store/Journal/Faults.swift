/// What does not hold, by what it is about. Of each topic only the first are named, the others counted.
package final class Faults {
    package enum Topic: Int, CaseIterable, Sendable {
        /// Tables, indexes and triggers.
        case schema
        /// Pages of the data file.
        case pages
        /// Entries and what belongs to them.
        case journal
        /// Rows that are not what the journal says.
        case rows
        /// Numbers that could be given again.
        case counters
        /// Running sums.
        case sums
        /// Bytes under `files/`.
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

    /// Counts faults that are not named.
    package func add(_ topic: Topic, others count: Int) { others[topic.rawValue] += count }

    package func named(_ topic: Topic) -> [String] { named[topic.rawValue] }
    package func others(_ topic: Topic) -> Int { others[topic.rawValue] }
    package var isEmpty: Bool { named.allSatisfy(\.isEmpty) && others.allSatisfy { $0 == 0 } }
}
