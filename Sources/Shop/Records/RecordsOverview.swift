// The declarations of nouns, and how rows are written.
//
// A `Noun` declares its table, its `Field`s, its child rows (`Child`), its states and transitions (`LifeCycle`, `DerivedStatus`), its
// stored sums (`RunningSum`) and its unique columns (`Distinct`). They determine the options of its commands, its lists (`Listings`,
// `Filter`), its import and export and the words of its history. Typed values become a `Record`; the noun checks it, and `RowStatements`
// writes it with one prepared statement for each set of columns. `Reference` finds a record by its code, by `last` or by its name.
// `RowWords` describes faults of rows. A `Report` is a query over the rows of a noun.
