// The formats of an answer.
//
// A `Format` writes the rows of a `Listing`: `Format+Table` and `Format+Cards` for people, `Format+Record` for one record, `Format+CSV`,
// `Format+JSON` and `Format+Markdown` for programs. `Cell` is a value as a table shows it, `Bytes` a value as a machine reads it. `Wrap`
// breaks lines, `Bars` draws figures. `TerminalText` escapes what could drive a terminal, and `SpreadsheetText` what a `Spreadsheet` would
// take for a formula.
