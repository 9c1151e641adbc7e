import Console
import Shop

let filterCommands: [Command] = [listVerb(.filter), showVerb(.filter), removeVerb(.filter, permission: .filters)]
