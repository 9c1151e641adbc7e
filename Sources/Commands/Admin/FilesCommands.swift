import Console
import Shop
import Store
import Values

private let grace = Option<GraceDays>(
    "--older-than DAYS", "only those that nothing has referred to for so many days; 30 by default, 0 for all")

/// Commands for the stored files. They are outside the database, so undo cannot restore a removed one.
let filesCommands: [Command] = [
    acts(
        "files prune", "Remove stored files that nothing refers to", [grace], permission: .upkeep,
        about: """
            Files that were detached, or whose attachment was undone, stay in `files/` of the shop until they are pruned, for 30 days
            at least: an undo within that time finds them. After that an undo or a redo brings back their names but not their
            contents. The time begins with the last entry that named the file or, if they were written later, when its bytes were;
            what was written in the last hour stays whatever `--older-than` says. `--dry-run` lists what would be removed, and since
            when nothing refers to it. What killed runs left unfinished is removed as well.
            """,
        examples: ["laseros files prune --dry-run", "laseros files prune --older-than 0"], answer: LooseFile.headings
    ) { call, shop, request in
        shop.filePruning(request, after: call[grace] ?? .usual)
    } answering: { call, pruning in
        let shop = try openShop(call, .writing)
        guard !call[Standard.dryRun] else {
            return Output.rows(try shop.listing(pruning.work))
                .noting(["dry run: nothing was removed (it would free \(pruning.work.counted))"])
        }
        let removed = pruning.done ?? []
        return .done("\(counted(removed.count, "file")) removed, \(removed.bytes) bytes", all: try shop.listing(removed))
    }
]
