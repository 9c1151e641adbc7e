// From the words of a command line to the command that runs.
//
// A `Command` is one line of the table: its name of two or three words, its parameters, what it may touch and its body. `CommandTree`
// finds it by its words, with the help of its branch (`quote line`) where they stop early; `Program` expands aliases, gives a hint for a
// wrong word and runs what was found. The words behind the name become a `Call`: each `Parameter` reads its own (`Option`, `Operand`,
// `Flag`), and each `Relation` tells which of them exclude or need each other. What the run is about, its shop and its day, is asked of
// the `CommandSession`. `Batch` runs many lines as one change, `BuiltIn` has `help` and `completion`.
