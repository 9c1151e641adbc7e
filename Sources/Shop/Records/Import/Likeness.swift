import Store
import Values

/// Finds records that are probably there twice, by columns that need not be unique.
package struct Likeness: Sendable {
    /// A record that is there already, and what is equal.
    package struct Alike: Sendable {
        package var code: String
        /// `CL-0001 has the same name and e-mail address`
        package var sentence: String
    }

    /// The records that are like this one, best first, without the given ids.
    package var of: @Sendable (Shop, Record, _ without: [Int]) throws -> [Alike]
    /// Sentences about the rows with an id above this one that are like an earlier row, one for each kind of likeness.
    package var among: @Sendable (Shop, _ above: Int) throws -> [String]
}
