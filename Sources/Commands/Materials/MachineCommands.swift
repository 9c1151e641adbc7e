import Console
import Shop

let machineCommands: [Command] = verbs(.machine, changing: .resources)
