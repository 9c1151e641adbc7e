import Console
import Shop

let materialCommands: [Command] = verbs(.material, changing: .resources)
