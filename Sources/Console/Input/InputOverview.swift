// Reads files into cells of rows.
//
// `InputFile` opens a file or standard input, `TextInput` detects the encoding and converts to UTF-8, and `FileForm` holds the options for
// separator, decimal mark and encoding. `RecordReader` reads CSV, TSV and JSON row by row; `NumberReader` converts a spreadsheet's numbers
// to plain form. The result for each column is a `FileCell`. `ColumnMap` maps columns of other programs to ours.
