import Store
import Values

/// A result of `doctor`: what a shop lacks, with the command that mends it, or what is in order.
package struct Finding: Sendable {
    package enum State: String, Choice { case lacking, well }

    package internal(set) var area: String
    package var state: State
    /// A sentence about it.
    package var text: String
    /// The command line that mends it. Words in capitals stand for what only the shop's people know.
    package var mend: String?

    static func lacks(_ text: String, mend: String?) -> Finding { Finding(area: "", state: .lacking, text: text, mend: mend) }
    static func well(_ text: String) -> Finding { Finding(area: "", state: .well, text: text, mend: nil) }
}

/// What the checks need to know besides the shop.
package struct Surroundings: Sendable {
    /// How the user names the shop in a command; nil if it is found without a name.
    package var shopName: String?
    /// Whether a program for timed jobs is installed.
    package var hasCron: Bool
    /// The lines of all timed jobs on this machine that this user can read.
    package var jobs: [String]

    package init(shopName: String?, hasCron: Bool, jobs: [String]) {
        (self.shopName, self.hasCron, self.jobs) = (shopName, hasCron, jobs)
    }

    /// A command line for the shop.
    func laseros(_ words: String) -> String {
        "laseros \(words)" + (shopName.map { " --shop \(ShellLine.quoted($0))" } ?? "")
    }
}

/// A check of `laseros doctor`. A new part of the program adds its own to `all`.
struct ShopCheck: Sendable {
    /// A word that the findings are listed under.
    var area: String
    var find: @Sendable (Shop, Surroundings) throws -> [Finding]

    init(_ area: String, _ find: @escaping @Sendable (Shop, Surroundings) throws -> [Finding]) { (self.area, self.find) = (area, find) }

    static let all: [ShopCheck] = [
        ShopCheck("place", findPlace), ShopCheck("modes", findModes),
        ShopCheck("time zone", findTimeZone), ShopCheck("letterhead", findLetterhead), ShopCheck("vat", findVAT),
        ShopCheck("bank", findBank),
        ShopCheck("machines", findMachines), ShopCheck("presets", findPresets), ShopCheck("prices", findPrices),
        ShopCheck("backup", findBackup), ShopCheck("cron", findJobs),
    ]
}

extension Shop {
    /// Runs all checks. Of a shop of an older version only that is found.
    package func examine(_ surroundings: Surroundings) throws -> [Finding] {
        let version = try version()
        guard version == Shop.newest else {
            var finding = Finding.lacks(
                "the shop is of version \(version), this laseros needs \(Shop.newest)", mend: surroundings.laseros("upgrade"))
            finding.area = "version"
            return [finding]
        }
        return try ShopCheck.all.flatMap { check in
            try findings(of: check, surroundings).map { finding in
                var finding = finding
                finding.area = check.area
                return finding
            }
        }
    }

    /// What a rule of the shop refuses is lacking, too: its hint mends it.
    private func findings(of check: ShopCheck, _ surroundings: Surroundings) throws -> [Finding] {
        do { return try check.find(self, surroundings) } catch let failure as Failure
            where [.refused, .outside, .notFound].contains(failure.kind)
            || failure.kind == .store && failure.hint?.hasPrefix("laseros ") == true
        {
            let start = "laseros ", hint = failure.hint
            return [
                .lacks(
                    failure.message,
                    mend: hint?.hasPrefix(start) == true ? surroundings.laseros(String(hint!.dropFirst(start.count))) : hint)
            ]
        }
    }
}
