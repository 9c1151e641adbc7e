/// What a row of a file says in one of its columns.
package enum FileCell {
    case nothing
    /// What is there is to be cleared.
    case cleared
    case text(String)
    /// A number made plain, and the text that it was.
    case number(String, typed: String)
    /// The rows of a child, each with what it says of its columns.
    case rows([[(column: String, said: FileCell)]])
    /// Why it cannot be read.
    case wrong(String)

    package var typed: String? {
        switch self {
        case .text(let typed), .number(_, let typed): typed
        default: nil
        }
    }
}
