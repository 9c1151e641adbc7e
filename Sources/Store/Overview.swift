// SQLite, the journal, undo, and the proof of both.
//
// A `Database` is one connection; its statements are made of `SQL` and their rows read as `Row`s. A change runs within a `Transaction`:
// a `Session` watches the tables, and what they became is written by a `Sink` as the changeset of an `Entry` in the `Journal`, chained
// to the entry before it by its hash. `Undo` applies the inverse of a changeset. To verify, `JournalProof` holds the entries against their hashes,
// and `Replay` reads all changes with `ChangesetReader` and holds what they come to against the rows. `Checkpoint` drops what is old.
// `SafeVFS`, `DataFile`, `FileLock` and `Sharing` guard the file itself.
