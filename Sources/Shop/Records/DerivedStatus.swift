import Store
import Values

/// A status derived from other columns: the first case whose condition holds, otherwise the last case. The list's column and the filter use
/// the same conditions.
struct DerivedStatus<Status: Choice & Stored>: Sendable {
    typealias Condition = @Sendable (Day) -> SQL
    private let cases: [(status: Status, condition: Condition)]

    /// - Parameter cases: in order of evaluation. The conditions are written so that an index applies.
    init(_ cases: [(Status, Condition)]) { self.cases = cases.map { (status: $0.0, condition: $0.1) } }

    /// The SQL for the status on a day.
    func column(on day: Day) -> SQL {
        let whens = cases.dropLast().map { each -> SQL in "WHEN \(each.condition(day)) THEN \(each.status.cell)" }
        return "CASE \(whens.joined(" ")) ELSE \(cases[cases.count - 1].status.cell) END"
    }

    /// The SQL condition for one status.
    @Sendable func filter(_ cell: Cell, _ shop: Shop) throws -> SQL {
        let day = try shop.today()
        guard let i = cases.firstIndex(where: { $0.status.cell == cell }) else { return "0" }
        return ([cases[i].condition(day)] + cases[..<i].map { "(\($0.condition(day))) IS NOT TRUE" }).joined(" AND ")
    }
}
