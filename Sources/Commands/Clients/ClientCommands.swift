import Console
import Shop

let clientCommands: [Command] = verbs(.client, changing: .customers)
