// Parses a command line and runs the command.
//
// A `Command` is one row of the table: its name of two or three words, its parameters, what it may access and its body. `CommandTree` finds
// commands and branches (`quote line`) by their words. `Program` expands aliases, suggests a word for an unknown one, and runs the command.
// The words after the name become a `Call`: each `Parameter` (`Option`, `Operand`, `Flag`) parses its own, and each `Relation` says which
// of them exclude or need each other. The `CommandSession` provides the shop and the day. `Batch` runs many lines as one change; `BuiltIn`
// contains `help` and `completion`.
