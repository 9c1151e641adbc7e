import Security
import Values

@testable import Console
@testable import Shop
@testable import Store
@testable import Commands

extension Workshop {
    /// The faults that `log verify` finds.
    func faults() throws -> [String] {
        let answered = try run("laseros log verify --format tsv --no-header --fields fault")
        let faults = answered.out.split(separator: "\n").map(String.init)
        guard answered.code == (faults.isEmpty ? 0 : 1) else {
            throw Failure(.refused, .file, "log verify exits \(answered.code): \(answered.said)")
        }
        return faults
    }

    /// Opens the shop without the commands.
    func opened(_ mode: Database.Mode = .reading) throws -> Shop {
        try Shop(shop, mode, clock: Moment(reading: Workshop.clock)!, who: Workshop.user, nouns: .ofTable)
    }

    /// Recalculates the hashes of all entries, so that an altered history is valid.
    func forgeHashes() throws {
        try withExtendedLifetime(self) { try Workshop.forgeHashes(Database(data, .writing)) }
    }

    private static func forgeHashes(_ data: Database) throws {
        var previous = ""
        for id in try data.all("SELECT id FROM journal ORDER BY id", { $0.int(0) }) {
            var digest = Digest()
            try data.each("SELECT bytes FROM journal_part WHERE entry = \(id) ORDER BY part") { $0.bytes(0) { digest.add($0) } }
            try data.run("UPDATE journal SET previous = \(previous), digest = \(digest.finish()) WHERE id = \(id)")
            try data.each("SELECT \(Entry.columns) FROM journal WHERE id = \(id)") { previous = EntryProof.of($0) }
            try data.run("UPDATE journal SET hash = \(previous) WHERE id = \(id)")
        }
    }

    /// Applies a further migration, as a later version would, so that earlier entries belong to an older schema version.
    /// - Returns: the schema that it creates.
    func migrate(_ step: String) throws -> MadeSchema {
        try withExtendedLifetime(self) {
            let data = try Database(self.data, .writing), copy = shop + "/before.db"
            try data.script(
                """
                PRAGMA foreign_keys=OFF; BEGIN IMMEDIATE; UPDATE journal_schema SET version = version - 1;
                UPDATE journal SET schema = schema - 1
                """)
            try Workshop.forgeHashes(data)
            try data.script("COMMIT; PRAGMA user_version = \(Shop.newest - 1)")
            try data.copy(to: copy)
            let deed = EntryDescription(
                .upgrade, at: Moment(reading: Workshop.clock)!, who: Workshop.user, words: ["upgrade"], sentence: "upgraded")
            try data.rewrite(keeping: true) {
                try data.script(step)
                try data.keepColumns(ofVersion: Shop.newest)
                try data.script("PRAGMA user_version = \(Shop.newest)")
                let searched = Noun.searchedTables(nouns)
                // A step that takes a searched column away leaves the index as it is.
                if try searched.allSatisfy({ Set(try data.columns(of: $0.name)).isSuperset(of: $0.columns) }) {
                    try data.rebuildSearch(searched)
                }
                return try data.recordUpgrade(deed, from: Database(copy, .reading))
            }
        }
        return try MadeSchema(steps: try (0..<Shop.newest).map(Shop.step) + [step], from: 0)
    }

    /// The faults of a shop whose schema does not come from the migrations.
    func faults(against made: MadeSchema) throws -> [String] {
        try withExtendedLifetime(self) { try opened().verify(Set(Faults.Topic.allCases), against: made).lines }
    }
}
