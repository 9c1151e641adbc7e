import Console
import Shop
import Store
import Values

/// Commands for the stored files. They are outside the database, so undo cannot restore a removed one.
let filesCommands: [Command] = [
    acts(
        "files prune", "Remove stored files that nothing refers to", permission: .upkeep,
        about: """
            Files that were detached, or whose attachment was undone, stay in `files/` of the shop until they are pruned. After
            that an undo or a redo brings back their names but not their contents. `--dry-run` lists what would be removed. What
            killed runs left unfinished is removed as well.
            """,
        examples: ["laseros files prune --dry-run"], answer: LooseFile.columns.map(\.heading)
    ) { _, shop, request in
        shop.filePruning(request)
    } answering: { call, pruning in
        guard !call[Standard.dryRun] else {
            return Output.rows(Listing(pruning.work, LooseFile.columns))
                .noting(["dry run: nothing was removed (it would free \(pruning.work.counted))"])
        }
        let removed = pruning.done ?? []
        return .done("\(counted(removed.count, "file")) removed, \(removed.bytes) bytes", all: Listing(removed, LooseFile.columns))
    }
]
