import Console
import Shop

let operationCommands: [Command] = verbs(.operation, changing: .resources)
