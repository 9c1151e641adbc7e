import Console
import Shop

let lotCommands: [Command] = []
