import Testing
import Values

@testable import Console
@testable import Shop
@testable import Commands

/// Importing an export restores the same data.
@Suite struct PortableTests {
    /// The nouns with an import.
    static let portable = nouns.filter { noun in program.commands.contains { $0.name == "\(noun.name) import" } }.map(\.name)
    static let formats = ["csv", "tsv", "json", "ndjson"]

    /// Texts that a format could misread.
    private static let hostile = [
        "NULL", "null", "=1+1", "'", "\"", "two\nlines", "a,b;c\td", "  blanks  ", "\\n", "é ﬀ 漢", "<a> & b",
    ]

    /// As many shops as are needed to have each of the texts in the notes of a record.
    private static func shops(with noun: String) throws -> [Workshop] {
        let first = try ExampleShop.copy()
        guard nouns.first(where: { $0.name == noun })?.fields.contains(where: { $0.name == "notes" && $0.isSettable }) == true else {
            return [first]
        }
        let codes = try first.demand("laseros \(noun) list --codes").split(separator: "\n").map(String.init)
        return try stride(from: 0, to: hostile.count, by: codes.count).map { start in
            let workshop = try Workshop(like: first), texts = hostile[start...].prefix(codes.count)
            for (code, text) in zip(codes, texts) {
                let answered = try workshop.run([noun, "edit", code, "--notes=\(text)"])
                #expect(answered.code == 0, "\(text): \(answered.said)")
            }
            let kept = try workshop.reading { try $0.all("SELECT notes FROM \(name: noun) WHERE notes IS NOT NULL") { $0.text(0) } }
            #expect(Set(kept).isSuperset(of: texts), "\(kept)")
            return workshop
        }
    }

    @Test(arguments: portable, formats)
    func importsWhatItExports(_ noun: String, _ format: String) throws {
        for workshop in try Self.shops(with: noun) { try comesBack(workshop, noun, format) }
    }

    private func comesBack(_ workshop: Workshop, _ noun: String, _ format: String) throws {
        let last = try workshop.lastEntry()
        let first = try workshop.demand("laseros \(noun) export --format \(format) --output first")
        #expect(first.isEmpty)
        let state = try ShopState(workshop)
        let imported = try workshop.run("laseros \(noun) import first")
        #expect(imported.code == 0, "\(imported.said)")
        #expect(try workshop.lastEntry() == last, "\(imported.out)")
        #expect(try ShopState(workshop) == state)
        try workshop.demand("laseros \(noun) export --format \(format) --output second")
        #expect(try File.read(workshop.work + "/first") == File.read(workshop.work + "/second"))
    }

    @Test(arguments: formats)
    func aFreshShopTakesAll(_ format: String) throws {
        let old = try ExampleShop.copy(), new = try Workshop()
        var texts: [String: String] = [:]
        for noun in Self.portable {
            texts[noun] = try old.demand("laseros \(noun) export --format \(format)")
            try File.write(Array(texts[noun, default: ""].utf8), to: "\(new.work)/\(noun).txt")
        }
        // A row can refer only to existing records, so a noun that is refused is tried again after the others.
        var waiting = Self.portable, refusals: [String: String] = [:]
        for _ in Self.portable where !waiting.isEmpty {
            waiting = try waiting.filter { noun in
                let imported = try new.run("laseros \(noun) import \(noun).txt")
                refusals[noun] = imported.code == 0 ? nil : imported.said
                return imported.code != 0
            }
        }
        #expect(refusals.isEmpty)
        for noun in Self.portable { #expect(try new.demand("laseros \(noun) export --format \(format)") == texts[noun]) }
    }
}
