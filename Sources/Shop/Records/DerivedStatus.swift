import Store
import Values

/// A status that is not stored but derived from other columns: the first of its cases whose condition holds, or the last where none of the
/// others does. The column of a list and the filter come from the same conditions.
struct DerivedStatus<Status: Choice & Stored>: Sendable {
    typealias Condition = @Sendable (Day) -> SQL
    private let cases: [(status: Status, condition: Condition)]

    /// - Parameter cases: in the order in which they are asked; conditions in terms that an index knows.
    init(_ cases: [(Status, Condition)]) { self.cases = cases.map { (status: $0.0, condition: $0.1) } }

    /// The status of a thing on a day.
    func column(on day: Day) -> SQL {
        let whens = cases.dropLast().map { each -> SQL in "WHEN \(each.condition(day)) THEN \(each.status.cell)" }
        return "CASE \(whens.joined(" ")) ELSE \(cases[cases.count - 1].status.cell) END"
    }

    /// Only what has this status.
    @Sendable func filter(_ cell: Cell, _ shop: Shop) throws -> SQL {
        let day = try shop.today()
        guard let i = cases.firstIndex(where: { $0.status.cell == cell }) else { return "0" }
        return ([cases[i].condition(day)] + cases[..<i].map { "(\($0.condition(day))) IS NOT TRUE" }).joined(" AND ")
    }
}
