// The history: one entry a change, chained by hashes.
//
// `Journal` reads and writes entries; `EntryChanges` are the rows that one of them changed, and `Undo` takes them back. `EntryProof` and
// `JournalProof` compare hashes, `Replay` compares what all changes come to with the rows, and both name what does not hold in `Faults`.
// `SchemaVersions` and `SchemaColumns` know which columns a table had at the time of an entry; `UpgradeRecord` is the entry of an
// upgrade. `Checkpoint` holds all rows as they were behind the entries that were dropped.
