/// The contents of one column in a row of an imported file.
package enum FileCell {
    case nothing
    /// The stored value is to be cleared.
    case cleared
    case text(String)
    /// A number in plain form, and the text that it was read from.
    case number(String, typed: String)
    /// The child rows, each with its columns.
    case rows([[(column: String, said: FileCell)]])
    /// The reason why the cell cannot be read.
    case wrong(String)

    package var typed: String? {
        switch self {
        case .text(let typed), .number(_, let typed): typed
        default: nil
        }
    }
}
