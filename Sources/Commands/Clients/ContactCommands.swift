import Console
import Shop

let contactCommands: [Command] = verbs(.contact, changing: .customers)
