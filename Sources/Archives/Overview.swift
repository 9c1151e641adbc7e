// Reads and writes zip and tar archives, the latter plain or compressed by gzip or zstd, through libarchive.
//
// An `ArchiveReader` takes whatever a client sends: it checks each entry against the rules for paths (`EntryPath`), for names that meet
// (`EntryNames`) and the `ArchiveLimits`, and passes contents on in blocks. `ZipDirectory` checks what libarchive does not tell about a zip
// file, `CompressedInput` what it does not check in a gzip file. `ArchiveWriter` writes the same bytes for the same input. libarchive's own
// functions for files and folders are not used: they create links and devices.
