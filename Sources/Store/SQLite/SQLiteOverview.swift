// One connection to SQLite, and the file below it.
//
// A `Database` prepares `SQL` as a `Statement` and keeps it; a `Row` or a `Cursor` reads what it answers, each column as a `Stored` type.
// `BorrowedCell` lends a text to SQLite for one row. A `Transaction` begins, commits and takes back; `Interrupt` stops a statement that
// runs. `Rule` and `Constraint` are the checks that the schema calls and the refusals that it gives. `DataFile`, `FileLock` and `Sharing`
// look after the file, its lock and its mode; `SafeVFS` refuses journals that somebody else put beside it. `Copy` is the online backup.
