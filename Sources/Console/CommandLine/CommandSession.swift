import Values

/// What a run has beside its words: its environment, and the shop that it is about, opened when something first asks of
/// it. A program makes one for each run; everything that the run calls has it, and the lines of a batch have that of the batch.
package protocol CommandSession: AnyObject, Sendable {
    var environment: Environment { get }

    /// Today in the shop's time zone; without a shop, in the default time zone.
    /// - Parameter shop: as `--shop` names it, here and in what follows; nil where nothing does.
    func today(in shop: String?) throws -> Day

    /// The aliases of the shop; none where it cannot be opened: of that the command tells that needs it.
    func aliases(in shop: String?) -> [String: String]

    /// The folder of the shop, for a program that runs in place of this one.
    func folder(of shop: String?) -> String?

    /// The codes of a noun's records with their names, for completion; empty if the shop cannot be opened.
    func codes(of noun: String, in shop: String?) -> [Coded]

    /// What spreadsheets write before decimals in the shop's country.
    func decimalMark(in shop: String?) -> DecimalMark

    /// - Throws: `denied` where whoever runs this may not.
    func demand(_ permission: Permission, for command: String) throws
}

/// A code and the name of what it stands for.
package typealias Coded = (code: String, name: String)
