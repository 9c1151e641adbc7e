import Console
import Shop

let priceCommands: [Command] = verbs(.price, changing: .prices)
