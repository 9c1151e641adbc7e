import Console
import Shop

let supplierCommands: [Command] = []
