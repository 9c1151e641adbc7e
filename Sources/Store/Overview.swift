// SQLite, the journal, undo, and the proof of both.
//
// A `Database` is one connection; `SQL` builds its statements, and a `Row` reads their results. A change runs within a `Transaction`: a
// `Session` records the changes of tables, and a `Sink` writes them as the changeset of an `Entry` in the `Journal`. Each entry contains
// the hash of the previous one. `Undo` applies the inverse of a changeset. To verify, `JournalProof` checks the hashes of the entries, and
// `Replay` reads all changes with `ChangesetReader` and compares the result with the rows. `Checkpoint` drops old changes. `SafeVFS`,
// `DataFile`, `FileLock` and `Sharing` protect the file itself.
