// Backups: archives of the whole shop that are proved when they are made, and before they are restored.
//
// `BackupSnapshot` copies the database in one step and checks the copy. `BackupWriting` writes the archive: `manifest.json`
// (`BackupManifest`), `laseros.db`, the files below `files/` in the order of their hashes, and `SHA256SUMS`, all in a tar file that is
// compressed by zstd and, if wanted, encrypted by age (`BackupSeal`). The archive is read back from the disk before it gets its name
// (`BackupName`). `BackupReading` passes once through an archive, whatever it holds, and demands that it has exactly this form.
// `BackupVerifying` proves the database in it, `BackupRestoring` puts it in the place of a shop, and `BackupDifference` compares it with
// another one or with the shop. `BackupFolder` finds the archives in a folder; `Retention` and `BackupPruning`
// decide which are removed.
