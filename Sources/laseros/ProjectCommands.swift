import Console
import Shop

let projectCommands: [Command] = verbs(.project)
