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
    /// Child rows that are not read yet.
    case unread(UnreadRows)
    /// The reason why the cell cannot be read.
    case wrong(String)

    package var typed: String? {
        switch self {
        case .text(let typed), .number(_, let typed): typed
        default: nil
        }
    }
}

/// The JSON of child rows in one cell. Most files bring rows that are stored already, which shows without reading them.
package struct UnreadRows {
    /// Whether an export writes these rows as the cell has them.
    package var isExport: (Listing) throws -> Bool
    /// Returns `rows`, or `wrong` if the JSON is not valid.
    package var read: () -> FileCell

    package init(isExport: @escaping (Listing) throws -> Bool, read: @escaping () -> FileCell) {
        (self.isExport, self.read) = (isExport, read)
    }
}
