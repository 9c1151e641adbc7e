// From what a command answers to bytes.
//
// A command returns an `Output`: rows, one record, a sentence, a text or a `Document`. `Answer` picks the columns and writes it in its
// `Format` (a `Format+...` file each) into a `Spool`, which keeps what is long in a temporary file, while the transaction is still open.
// When that has ended, `Outcome` copies the spool to standard output, to the file of `--output` or through the `Pager`, and then what is
// to be said to standard error. `TerminalText` spells out what could drive a terminal, `SpreadsheetText` what a spreadsheet would take
// for a formula.
