import Console
import Shop

let stockCommands: [Command] = []
