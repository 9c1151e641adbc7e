// The `Drawing` that both readers make of a file.
//
// Names are numbered (`Names`). Names that differ only in case are merged at the end (`NameMerging`). An `Entity` refers to a range of
// numbers in `Drawing.values`, in the file's own units and before any transformation. A layer can have a `CutSetting`. `Processes` are the
// rules that determine the process of a line. A `Note` is an irregularity of the file. `Numeral`, `Word`, `Codepage` and `FileSignature`
// interpret bytes for both formats.
