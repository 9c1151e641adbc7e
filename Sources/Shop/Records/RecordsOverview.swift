// What every noun is made of, and how a row gets into its table.
//
// A `Noun` declares its table, its `Field`s, the rows that live and die with it (`Child`), its states and moves (`LifeCycle`,
// `DerivedStatus`), what is added up for it (`RunningSum`) and what must be there once (`Distinct`). From that come the options of its
// commands, its lists (`Listings`, `Filter`), its import and export and the words of its history. What is typed becomes a `Record`; the
// noun checks it; `RowStatements` writes it, by one statement for each set of columns. `Reference` finds a thing by its code, by `last`
// or by its name. A rule that SQLite refuses a row by becomes a sentence in `RowWords`. A `Report` is a question about the rows of a
// noun.
