// Formats and prints what a command returns.
//
// A command returns an `Output`: rows, one record, a sentence, a text or a `Document`. `Answer` selects the columns and writes them in a
// `Format` (one `Format+...` file each) into a `Spool`, which moves long output to a temporary file, while the transaction is still open.
// When that has ended, `Outcome` copies the spool to standard output, to the file of `--output` or through the `Pager`, and then prints the
// notes on standard error. `TerminalText` escapes what a terminal would interpret, `SpreadsheetText` what a spreadsheet would read as a
// formula.
