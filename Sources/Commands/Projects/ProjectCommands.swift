import Console
import Shop

let projectCommands: [Command] =
    verbs(.project, changing: .jobs) + [zipCommand, importFolderCommand, partAddCommand]
    + projectMoves(["offer"]) + [popCommand]
    + projectMoves(["approve", "queue", "start", "complete", "request", "cancel", "reinstate", "reopen", "hold", "resume", "notify"])
    + [deliverCommand, expireCommand, repeatCommand, remakeCommand, nextCommand, calendarCommand, cardCommand]
