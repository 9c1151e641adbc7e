import Console
import Shop
import Store
import Values

let runBranch = Branch("run", "Runs: what was made, when and by whom")

let runCommands: [Command] = [
    listVerb(.run),
    showVerb(.run),
]
