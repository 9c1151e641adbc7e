// From the bytes of a file to the cells of its rows.
//
// `InputFile` opens a file or standard input, `TextInput` finds out how its text is encoded and hands on UTF-8, `FileForm` takes what
// the options say of delimiter, decimal mark and encoding. `RecordReader` parts CSV, TSV and JSON into rows, one at a time;
// `NumberReader` makes numbers plain, however a spreadsheet writes them. What a row says of a column leaves here as a `FileCell`.
// `ColumnMap` tells which columns of somebody else's file are which of ours.
