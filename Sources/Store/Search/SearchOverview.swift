// The search index, and how it is kept equal to the rows.
//
// `aux_search` is an FTS5 table without contents: it knows which documents hold a word. One row of a searched table is one document, whose
// text is the row's searched cells (`SearchText`). A document for each cell would be simpler to update, but an import of clients would
// write five times as many. Where words are parted between documents of one record, `SearchedRecords` joins them.
//
// Triggers cannot keep it: FTS5 writes out its buffer at every savepoint, and a statement within a trigger has one, so a row would cost
// 20 microseconds. Instead the index follows the changeset that each change stores anyway (`SearchChanges`), in the same transaction: so it
// follows undo, redo and import too, and a killed process leaves either both or neither. FTS5 removes a document only when it is told the
// document's text. For a removed row the changeset has all old cells; for a changed one those that changed, and the others are still in
// the row. Inserted rows are read from the table, once the whole table's changes are known, in the order of their ids: FTS5 writes out its
// buffer when a document comes before the last one. Rows whose searched cells did not change cost nothing.
//
// A query within a change (a line of a batch) first takes in what was changed so far, and the rest of the change is recorded by a second
// session for the index alone.
//
// Nothing else may depend on the index: `SearchProof` compares it with the rows, and `SearchWriter.rebuild` makes it anew.
