import Console
import Shop
import Store
import Values

/// Bytes are no rows: what is removed here is in no history, and no undo brings it back.
let filesCommands: [Command] = [
    Command(
        "files prune", "Remove stored files that nothing refers to", kind: .writes, permission: .upkeep, [Standard.dryRun],
        about: """
            Files that were detached, or whose attachment was undone, stay in `files/` of the shop until they are pruned. After
            that an undo or a redo brings back their names but not their contents. `--dry-run` lists what would be removed. What
            killed runs left unfinished is removed as well.
            """,
        examples: ["laseros files prune --dry-run"], answer: LooseFile.columns.map(\.heading)
    ) { call, answer in
        var freed = ""
        let shop = try openShop(call, .writing), dry = call[Standard.dryRun]
        let deed = Deed(.change, at: call.world.clock, who: shop.who, words: call.words, sentence: "")
        _ = try shop.data.change(keeping: false) {
            let loose = try shop.looseFiles()
            if !dry { try shop.remove(loose) }
            return (loose, deed)
        } finish: { loose, _ in
            let listing = Listing(loose, LooseFile.columns), bytes = loose.reduce(0) { $0 + $1.bytes }
            freed = "\(loose.count) \(loose.count == 1 ? "file" : "files"), \(bytes) bytes"
            guard !dry else { return try answer.put(.rows(listing)) }
            try answer.put(.done("\(loose.count) \(loose.count == 1 ? "file" : "files") removed, \(bytes) bytes", all: listing))
        }
        if dry { answer.note("dry run: nothing was removed (it would free \(freed))") }
    }
]
