import Values

/// The context of a run: its environment, and the shop, which opens on first use. A program creates one for each run; the lines of a batch
/// share that of the batch.
package protocol CommandSession: AnyObject, Sendable {
    var environment: Environment { get }

    /// Today in the shop's time zone; without a shop, in the default time zone.
    /// - Parameter shop: the value of `--shop`, here and below; nil if it was not given.
    func today(in shop: String?) throws -> Day

    /// The aliases of the shop; empty if it cannot be opened. The command itself reports that if it needs the shop.
    func aliases(in shop: String?) -> [String: String]

    /// The folder of the shop, for a program that replaces this process.
    func folder(of shop: String?) -> String?

    /// The codes of a noun's records with their names, for completion; empty if the shop cannot be opened.
    func codes(of noun: String, in shop: String?) -> [Coded]

    /// The decimal mark of spreadsheets in the shop's country.
    func decimalMark(in shop: String?) -> DecimalMark

    /// The order of day and month in the shop's country; nil if it is not set.
    func dateOrder(in shop: String?) -> DateOrder?

    /// - Throws: `denied` if the user lacks the permission.
    func demand(_ permission: Permission, for command: String) throws
}

/// A code and the name of its record.
package typealias Coded = (code: String, name: String)
