import Console
import Shop

let supplierCommands: [Command] = verbs(.supplier, changing: .purchases)
