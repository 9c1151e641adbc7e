import Console
import Shop

let lotCommands: [Command] = [.list, .show, .edit, .remove, .import, .export].map { (verb: StandardVerb) in
    verb.command(.lot, changing: .stock)
}
