import Store
import Values

/// The answer of `check`.
package struct BookCheck: Sendable {
    /// How many findings of a rule are named; the others are counted.
    static let most = Faults.most

    /// What was proved.
    package var rules: [BookRule]
    /// The number of rows that the rules are about.
    package var rows = 0
    /// By the name of the rule, in the order of the rules.
    package fileprivate(set) var findings: [(rule: BookRule, named: [BookRule.Finding], others: Int)] = []

    package var count: Int { findings.reduce(0) { $0 + $1.named.count + $1.others } }

    package var listing: Listing {
        Listing(BookRule.headings) { [findings] body in
            for (rule, named, others) in findings {
                for each in named { try body([rule.name.shown, each.record.shown, each.found.shown, each.expected.shown]) }
                if others > 0 { try body([rule.name.shown, .nothing, "and \(others) more".shown, .nothing]) }
            }
        }
    }
}

/// Collects the findings of a rule.
private final class Found {
    var named: [BookRule.Finding] = []
    var others = 0

    func add(_ finding: BookRule.Finding) { if named.count < BookCheck.most { named.append(finding) } else { others += 1 } }

    func add(_ faults: Faults, _ topic: Faults.Topic) {
        for fault in faults.named(topic) { add(BookRule.Finding(found: fault)) }
        others += faults.others(topic)
    }
}

extension Shop {
    /// Proves the rules of the books. Nothing is written; what cannot be read is a finding, too.
    package func check(_ rules: [BookRule]) throws -> BookCheck {
        var check = BookCheck(rules: rules)
        let topics = Set(rules.compactMap { rule -> Faults.Topic? in if case .verification(let topic) = rule.proof { topic } else { nil } })
        let faults = topics.isEmpty ? Faults() : try verify(topics).faults
        for rule in rules {
            let found = Found()
            switch rule.proof {
            case .verification(let topic): found.add(faults, topic)
            case .books(let find):
                do { try find(self, found.add) } catch let failure as Failure where failure.ending == nil {
                    found.add(BookRule.Finding(found: "cannot be proved: \(failure.message)"))
                }
            }
            if !found.named.isEmpty { check.findings.append((rule, found.named, found.others)) }
        }
        for table in Set(rules.flatMap(\.tables)).sorted() {
            check.rows += (try? data.one("SELECT count(*) FROM \(name: table)") { $0.int(0) }) ?? 0
        }
        return check
    }
}

extension BookRule {
    /// Reports what a check of `log verify` finds about sums.
    static func sums(_ report: Report, _ check: (Faults) throws -> Void) throws {
        let faults = Faults()
        try check(faults)
        for fault in faults.named(.sums) {
            let parts = fault.split(separator: ":", maxSplits: 1)
            report(
                Finding(
                    record: parts.count == 2 ? String(parts[0]) : nil, found: parts.count == 2 ? String(parts[1].drop { $0 == " " }) : fault
                ))
        }
        for _ in 0..<faults.others(.sums) { report(Finding(found: "")) }
    }
}
